package dev.tokenlife.crypto;

import dev.tokenlife.model.Refusal;
import java.time.Instant;

/** What came of opening a sealed token. */
public sealed interface Opening {
  /**
   * It is genuine and in time. Prints without its payload.
   *
   * @param payload what was sealed
   * @param issuedAt when it was sealed, by the clock of the process that did
   * @param expiresAt when it ends
   */
  record Opened(String payload, Instant issuedAt, Instant expiresAt) implements Opening {
    @Override
    public String toString() {
      return "Opened[issuedAt=" + issuedAt + ", expiresAt=" + expiresAt + ", redacted]";
    }
  }

  /**
   * It opens nothing.
   *
   * @param reason {@link Refusal#INVALID} for everything that was not sealed for this place, the
   *     same for all causes; {@link Refusal#TOKEN_EXPIRED} and {@link Refusal#ALREADY_CONSUMED} for
   *     genuine tokens only
   */
  record Refused(Refusal reason) implements Opening {}
}
