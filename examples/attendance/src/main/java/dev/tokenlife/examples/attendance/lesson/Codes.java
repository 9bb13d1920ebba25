package dev.tokenlife.examples.attendance.lesson;

import dev.tokenlife.Chains;
import dev.tokenlife.crypto.ChainIds;
import dev.tokenlife.model.AdminResult;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainState;
import dev.tokenlife.model.ChainView;
import dev.tokenlife.model.OpenRequest;
import dev.tokenlife.model.OpenResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a teacher does with the chains of a session. */
public final class Codes {
  private static final String SESSION_ENDED = "session ended";

  private final Chains chains;
  private final CodeRules rules;
  private final Sessions sessions;
  private final Roster roster;
  private final Holders holders;

  /** Administers these chains. */
  public Codes(Chains chains, CodeRules rules, Sessions sessions, Roster roster, Holders holders) {
    this.chains = chains;
    this.rules = rules;
    this.sessions = sessions;
    this.roster = roster;
    this.holders = holders;
  }

  /** Opens chains for that many distinct students, at random; those with empty hands first. */
  public List<ChainKey> seed(Session session, CodeType type, int count) {
    if (!type.isSeeded()) {
      throw refused("BAD_TYPE", "Only ENTRY and EXIT codes are seeded; open " + type + " instead.");
    }
    List<String> students = new ArrayList<>();
    roster.attendance(session.id()).forEach(attendee -> students.add(attendee.studentId()));
    if (count < 1 || count > students.size()) {
      throw refused(
          "TOO_FEW_STUDENTS",
          "Cannot seed " + count + " codes: " + students.size() + " students have joined.");
    }
    Collections.shuffle(students);
    Set<String> busy = holdersIn(session.id());
    students.sort(Comparator.comparing(busy::contains));
    return open(session, type, students.subList(0, count));
  }

  /** Opens a chain for one holder: a student of the session, or its teacher. */
  public ChainKey open(Session session, CodeType type, String holder) {
    if (rules.sealed().contains(type)) {
      throw refused("SEALED", type + " is a wall code here: it has no chain, show it instead.");
    }
    checkMember(session, holder);
    return open(session, type, List.of(holder)).get(0);
  }

  /** Gives a chain to somebody else; its code is void at once. */
  public void reassign(Session session, String chainId, String holder) {
    checkMember(session, holder);
    ChainKey key = key(session, chainId);
    checkDone(chains.reassign(key, holder));
    holders.holds(holder, key);
  }

  /** Ends a chain; whoever holds it is shown that it is completed. */
  public void close(Session session, String chainId) {
    checkDone(chains.close(key(session, chainId), "completed"));
  }

  /** Ends every chain of a session, also those that are being opened just now. */
  public void closeAll(Session session) {
    chains.closeAll(session.id(), SESSION_ENDED);
  }

  /** Lists the chains of a session, the oldest first. */
  public List<ChainView> list(String sessionId) {
    return chains.list(sessionId).stream()
        .sorted(Comparator.comparing(ChainView::createdAt))
        .toList();
  }

  /** Returns the key of a chain somebody named; refuses what cannot be one. */
  static ChainKey key(Session session, String chainId) {
    if (ChainIds.decode(chainId).isEmpty()) {
      throw noChain(chainId);
    }
    return ChainKey.of(session.id(), chainId);
  }

  private List<ChainKey> open(Session session, CodeType type, List<String> first) {
    List<OpenRequest> requests =
        first.stream().map(holder -> OpenRequest.of(session.id(), type.name(), holder)).toList();
    List<ChainKey> opened = new ArrayList<>();
    List<OpenResult> results = chains.openAll(requests);
    for (int i = 0; i < results.size(); i++) {
      if (results.get(i) instanceof OpenResult.Opened open) {
        opened.add(open.chain());
        holders.holds(first.get(i), open.chain());
      }
    }
    // A session that ended meanwhile has closed the chains it saw: close these too.
    if (!sessions.get(session.id()).isActive()) {
      closeAll(session);
      throw RefusedException.sessionEnded();
    }
    if (opened.size() < first.size()) {
      throw new RefusedException(
          RefusedException.Reason.CONFLICT,
          "BUSY",
          "Only " + opened.size() + " of " + first.size() + " codes could be opened; try again.");
    }
    return opened;
  }

  private Set<String> holdersIn(String sessionId) {
    Set<String> busy = new HashSet<>();
    for (ChainView chain : chains.list(sessionId)) {
      if (chain.state() == ChainState.ACTIVE) {
        chain.holder().ifPresent(busy::add);
      }
    }
    return busy;
  }

  private void checkMember(Session session, String holder) {
    if (!holder.equals(session.teacherId()) && !roster.isStudent(session.id(), holder)) {
      throw refused("NOT_JOINED", holder + " has not joined this session.");
    }
  }

  private static void checkDone(AdminResult result) {
    if (result instanceof AdminResult.Refused refused) {
      throw new RefusedException(
          RefusedException.Reason.CONFLICT,
          refused.refusal().name(),
          Refusals.sentence(refused.refusal()));
    }
  }

  private static RefusedException noChain(String chainId) {
    return new RefusedException(
        RefusedException.Reason.NOT_FOUND, "NOT_FOUND", "There is no chain " + chainId + ".");
  }

  private static RefusedException refused(String code, String message) {
    return new RefusedException(RefusedException.Reason.BAD_REQUEST, code, message);
  }
}
