package dev.tokenlife.examples.fleet.record;

/**
 * Something that was promised, and what happened.
 *
 * @param what the promise
 * @param promised what was promised
 * @param happened what happened so far
 * @param verdict whether it was kept
 */
public record Promise(String what, String promised, String happened, Verdict verdict) {
  /** Whether a promise was kept. */
  public enum Verdict {
    /** It was put to the test, and was kept so far. */
    KEPT,
    /** It was not kept. */
    BROKEN,
    /** Nothing has put it to the test yet; at the end that counts as broken. */
    UNTESTED
  }

  /** Judges by whether it was put to the test, and kept. */
  public static Promise of(
      String what, String promised, String happened, boolean tested, boolean kept) {
    Verdict verdict = !kept ? Verdict.BROKEN : tested ? Verdict.KEPT : Verdict.UNTESTED;
    return new Promise(what, promised, happened, verdict);
  }
}
