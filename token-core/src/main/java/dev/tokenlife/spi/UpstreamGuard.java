package dev.tokenlife.spi;

import dev.tokenlife.model.FailureKind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether an upstream may be called now. Asked once before each call, on the thread that
 * would call, and told the result of every call it admitted. Must not block. Safe for use by many
 * threads.
 */
public interface UpstreamGuard extends AutoCloseable {
  /** Admits a call to an upstream, or says until when not. */
  Admission admit(String upstream, Trigger trigger);

  /**
   * Is told how an admitted call ended; called exactly once per admission.
   *
   * @param took how long the call took
   * @param failure how it failed; null for success
   * @param retryAfter how long the upstream asked to wait; null if it did not
   */
  void report(
      String upstream, Duration took, @Nullable FailureKind failure, @Nullable Duration retryAfter);

  /**
   * Returns how long no call would be admitted; zero if one might be now. Takes no permit, so that
   * work can be parked instead of being refused one by one.
   */
  default Duration closedFor(String upstream) {
    return Duration.ZERO;
  }

  /** Is told that an admitted call was not made after all. */
  default void release(String upstream) {}

  /** Takes back what stops an upstream, after its configuration was mended. */
  default void reset(String upstream) {}

  /** Returns the state of an upstream for people: one word and what it waits for. */
  String describe(String upstream);

  @Override
  default void close() {}

  /** The answer. */
  sealed interface Admission {
    /** Go ahead, and report the result. */
    record Admitted() implements Admission {}

    /**
     * Not now.
     *
     * @param retryAfter when to ask again
     * @param kind what the upstream failed with; null if it is only busy
     * @param reason one line for people
     */
    record Refused(Duration retryAfter, @Nullable FailureKind kind, String reason)
        implements Admission {}
  }
}
