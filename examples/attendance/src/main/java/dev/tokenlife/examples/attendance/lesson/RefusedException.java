package dev.tokenlife.examples.attendance.lesson;

/** Something that may not be done, and why: an answer for the person who asked, not a fault. */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final String code;

  /** What sort of refusal it is. */
  public enum Reason {
    /** The request makes no sense. */
    BAD_REQUEST,
    /** Nobody has signed in. */
    NOT_SIGNED_IN,
    /** This person may not. */
    FORBIDDEN,
    /** There is no such thing. */
    NOT_FOUND,
    /** It is too late, or somebody was faster. */
    CONFLICT,
    /** It is over for good. */
    GONE
  }

  /** Refuses with a code for programs and a sentence for people. */
  public RefusedException(Reason reason, String code, String message) {
    super(message, null, false, false);
    this.reason = reason;
    this.code = code;
  }

  /** Returns what sort of refusal it is. */
  public Reason reason() {
    return reason;
  }

  /** Returns the code for programs. */
  public String code() {
    return code;
  }

  static RefusedException noSession(String id) {
    return new RefusedException(Reason.NOT_FOUND, "NO_SESSION", "There is no session " + id + ".");
  }

  static RefusedException sessionEnded() {
    return new RefusedException(Reason.GONE, "SESSION_ENDED", "This session has ended.");
  }
}
