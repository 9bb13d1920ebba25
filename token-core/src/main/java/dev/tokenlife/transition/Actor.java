package dev.tokenlife.transition;

import org.jspecify.annotations.Nullable;

/**
 * Who wants to take a chain over.
 *
 * @param name who
 * @param key the thumbprint of the key the actor proved, or null
 * @param requestId the actor's own id of this request, or null
 * @param eligibleForSeq the sequence for which the application said yes or no; -1 if not asked yet
 * @param eligible what it said
 */
public record Actor(
    String name,
    @Nullable String key,
    @Nullable String requestId,
    long eligibleForSeq,
    boolean eligible) {
  /** An actor about whom nobody needs to be asked. */
  public static Actor of(String name) {
    return new Actor(name, null, null, -1, true);
  }

  /** The same with the application's answer for the sequence it was asked about. */
  public Actor asked(long seq, boolean answer) {
    return new Actor(name, key, requestId, seq, answer);
  }
}
