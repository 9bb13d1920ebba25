package dev.tokenlife.model;

import java.time.Duration;

/**
 * How a hand-over is confirmed by a code that the holder shows and the scanner types.
 *
 * @param digits length of the code
 * @param ttl how long a code is good
 * @param attempts guesses per challenge
 * @param perSeq challenges between two hand-overs
 * @param lockAfter wrong guesses between two hand-overs until the chain locks
 * @param lockTime how long it stays locked
 */
public record ChallengeRule(
    int digits, Duration ttl, int attempts, int perSeq, int lockAfter, Duration lockTime) {
  /** The most pending challenges of one chain. */
  public static final int SLOTS = 8;

  /** Refuses rules that let a code be guessed or never be right. */
  public ChallengeRule {
    if (digits < 6 || digits > 10) {
      throw new IllegalArgumentException("a code has 6 to 10 digits, got " + digits);
    }
    if (ttl.isNegative() || ttl.isZero() || lockTime.isNegative() || lockTime.isZero()) {
      throw new IllegalArgumentException("challenge ttl and lock time must be positive");
    }
    if (attempts < 1 || perSeq < 1 || lockAfter < attempts) {
      throw new IllegalArgumentException(
          "at least one attempt and one challenge, and lockAfter not below attempts");
    }
  }

  /** 6 digits, 30 s, 3 attempts, 5 challenges, locked for 5 min after 10 wrong guesses. */
  public static ChallengeRule standard() {
    return new ChallengeRule(6, Duration.ofSeconds(30), 3, 5, 10, Duration.ofMinutes(5));
  }
}
