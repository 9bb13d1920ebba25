package dev.tokenlife.model;

import java.time.Instant;

/** What asking for a challenge comes to. */
public sealed interface ChallengeResult {
  /**
   * The holder is shown a code; the scanner types it.
   *
   * @param chain the chain
   * @param challengeId names the challenge in the answer
   * @param expiresAt when it ends
   * @param attempts how many guesses it takes
   */
  record Given(ChainKey chain, String challengeId, Instant expiresAt, int attempts)
      implements ChallengeResult {}

  /** It was refused; the refusal says whether asking again can help. */
  record Refused(Refusal refusal) implements ChallengeResult {}
}
