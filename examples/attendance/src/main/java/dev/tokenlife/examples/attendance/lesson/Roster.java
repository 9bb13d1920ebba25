package dev.tokenlife.examples.attendance.lesson;

import dev.tokenlife.examples.attendance.records.AppRow;
import dev.tokenlife.examples.attendance.records.AppStore;
import dev.tokenlife.examples.attendance.records.AppTable;
import dev.tokenlife.examples.attendance.records.StoredRow;
import dev.tokenlife.time.TimeSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who is in which session: the table UserSessions, and each student's row in Attendance. */
public final class Roster {
  private static final String ACTIVE = "active";

  private final AppStore store;
  private final TimeSource time;

  /** Keeps the roster in this store. */
  public Roster(AppStore store, TimeSource time) {
    this.store = store;
    this.time = time;
  }

  /** Lets somebody in; whoever was in before keeps their first {@code joinedAt}. */
  public void join(Session session, Person person) {
    long now = time.wallMillis() / 1000;
    if (!person.isTeacher()) {
      store.putIfAbsent(AppTable.ATTENDANCE, Attendee.joined(session.id(), person, now));
    }
    store.putIfAbsent(
        AppTable.USER_SESSIONS,
        new AppRow(
            person.id(),
            session.id(),
            Map.of("role", person.role().written(), "joinedAt", now, "status", ACTIVE)));
  }

  /** Returns whether this student is in this session. Never guesses: a store that fails throws. */
  public boolean isStudent(String sessionId, String personId) {
    return store
        .get(AppTable.USER_SESSIONS, personId, sessionId)
        .map(StoredRow::row)
        .filter(row -> row.text("status").equals(ACTIVE))
        .filter(row -> row.text("role").equals(Person.Role.STUDENT.written()))
        .isPresent();
  }

  /** Lists the ids of the sessions somebody is in. */
  public List<String> sessionsOf(Person person) {
    return store.list(AppTable.USER_SESSIONS, person.id()).stream()
        .map(stored -> stored.row().id())
        .toList();
  }

  /** Lists the students of a session, also those of an ended one. */
  public List<Attendee> attendance(String sessionId) {
    return store.list(AppTable.ATTENDANCE, sessionId).stream()
        .map(stored -> Attendee.of(stored.row()))
        .toList();
  }

  /** Looks up one student's attendance. */
  public Optional<Attendee> attendee(String sessionId, String studentId) {
    return store
        .get(AppTable.ATTENDANCE, sessionId, studentId)
        .map(stored -> Attendee.of(stored.row()));
  }

  /** Takes everybody out of a session, and its tokens away; what the register says stays. */
  public void wipe(Session session) {
    for (Attendee attendee : attendance(session.id())) {
      store.delete(AppTable.USER_SESSIONS, attendee.studentId(), session.id());
    }
    store.delete(AppTable.USER_SESSIONS, session.teacherId(), session.id());
    store.deletePartition(AppTable.TOKENS, session.id());
  }
}
