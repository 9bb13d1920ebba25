package dev.tokenlife.examples.attendance.lesson;

import dev.tokenlife.examples.attendance.records.AppStore;
import dev.tokenlife.examples.attendance.records.AppTable;
import dev.tokenlife.examples.attendance.records.StoredRow;
import dev.tokenlife.time.TimeSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The table Sessions: created by teachers, ended once. */
public final class Sessions {
  private static final int LONGEST_CLASS = 80;

  private final AppStore store;
  private final TimeSource time;

  /** Keeps sessions in this store. */
  public Sessions(AppStore store, TimeSource time) {
    this.store = store;
    this.time = time;
  }

  /** Creates a session that goes on until it is ended. */
  public Session create(Person teacher, String classId, Optional<Long> startAt) {
    String named = classId.strip();
    if (named.isEmpty() || named.length() > LONGEST_CLASS) {
      throw new RefusedException(
          RefusedException.Reason.BAD_REQUEST,
          "BAD_CLASS",
          "A class needs a name of at most " + LONGEST_CLASS + " letters.");
    }
    long now = time.wallMillis() / 1000;
    Session session =
        new Session(
            RandomIds.session(),
            named,
            teacher.id(),
            startAt.orElse(now),
            Session.Status.ACTIVE,
            now);
    if (!store.putIfAbsent(AppTable.SESSIONS, session.toRow())) {
      throw new IllegalStateException("a random session id was drawn twice: " + session.id());
    }
    return session;
  }

  /** Looks a session up. */
  public Optional<Session> find(String id) {
    return stored(id).map(found -> Session.of(found.row()));
  }

  /** Looks up a session that must exist. */
  public Session get(String id) {
    return find(id).orElseThrow(() -> RefusedException.noSession(id));
  }

  /** Looks up a session that must go on. */
  public Session active(String id) {
    Session session = get(id);
    if (!session.isActive()) {
      throw RefusedException.sessionEnded();
    }
    return session;
  }

  /** Lists a teacher's sessions, the newest first. */
  public List<Session> of(Person teacher) {
    return store.list(AppTable.SESSIONS, Session.PARTITION).stream()
        .map(stored -> Session.of(stored.row()))
        .filter(session -> session.teacherId().equals(teacher.id()))
        .sorted(Comparator.comparingLong(Session::createdAt).reversed())
        .toList();
  }

  /** Marks a session as ended; does nothing if it is. */
  public Session end(String id) {
    while (true) {
      StoredRow found = stored(id).orElseThrow(() -> RefusedException.noSession(id));
      Session session = Session.of(found.row());
      if (!session.isActive()) {
        return session;
      }
      Session ended = session.ended();
      if (store.update(AppTable.SESSIONS, ended.toRow(), found.version())) {
        return ended;
      }
    }
  }

  private Optional<StoredRow> stored(String id) {
    return id.isEmpty() ? Optional.empty() : store.get(AppTable.SESSIONS, Session.PARTITION, id);
  }
}
