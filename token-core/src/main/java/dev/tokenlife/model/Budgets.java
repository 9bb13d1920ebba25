package dev.tokenlife.model;

/**
 * Counters against guessing and reuse; they live in the row, so they survive restarts.
 *
 * @param failedChallenges guesses that did not match, since the last hand-over
 * @param challengesThisSeq challenges given out since the last hand-over
 * @param reuseCount uses of consumed tokens since the last hand-over
 * @param lockedUntil no challenge before this, epoch milliseconds; 0 if not locked
 */
public record Budgets(
    int failedChallenges, int challengesThisSeq, int reuseCount, long lockedUntil) {
  /** Nothing used. */
  public static final Budgets NONE = new Budgets(0, 0, 0, 0);

  /** Returns fresh counters for a new sequence; the chain-wide lock stays. */
  public Budgets nextSeq() {
    return new Budgets(0, 0, 0, lockedUntil);
  }
}
