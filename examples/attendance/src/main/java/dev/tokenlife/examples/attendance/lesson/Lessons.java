package dev.tokenlife.examples.attendance.lesson;

import java.util.List;

/** Ends sessions, and reads what they come to. */
public final class Lessons {
  private final Sessions sessions;
  private final Roster roster;
  private final Codes codes;
  private final Register register;

  /** Brings the parts of a session together. */
  public Lessons(Sessions sessions, Roster roster, Codes codes, Register register) {
    this.sessions = sessions;
    this.roster = roster;
    this.codes = codes;
    this.register = register;
  }

  /**
   * Lets somebody in. Who comes in while the session ends may find themselves outside again.
   *
   * @throws RefusedException if the session has ended
   */
  public void join(Session session, Person person) {
    if (!session.isActive()) {
      throw RefusedException.sessionEnded();
    }
    roster.join(session, person);
    if (!sessions.get(session.id()).isActive()) {
      roster.wipe(session);
      throw RefusedException.sessionEnded();
    }
  }

  /**
   * Ends a session: no code of it is shown or accepted from here on, everybody is out, and the
   * register stays. Each step can be done again, so ending it again finishes what a crash left.
   */
  public void end(Session session) {
    sessions.end(session.id());
    codes.closeAll(session);
    register.update(session.id());
    roster.wipe(session);
  }

  /** Returns the register, with every hand-over up to now. */
  public List<Attendee> attendance(Session session) {
    register.update(session.id());
    return roster.attendance(session.id());
  }
}
