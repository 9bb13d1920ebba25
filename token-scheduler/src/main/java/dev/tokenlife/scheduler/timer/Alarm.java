package dev.tokenlife.scheduler.timer;

import dev.tokenlife.time.ProcessClock;
import dev.tokenlife.time.TimeSource;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The one wake-up of a loop at its time source. A wake-up is set for a wall-clock time but measured
 * by the ticker, so it comes after 30 s at the latest and whoever is woken looks at the clock
 * again.
 *
 * <p>Guarded by the lock of its loop; the ringing itself comes on the time source's thread.
 */
final class Alarm {
  private final ProcessClock clock;
  private final Ring ring;
  private TimeSource.@Nullable Cancellable armed;
  private long at;
  private long tickets;

  /** Is called when the alarm rings; passes its ticket to {@link #rang}. */
  @FunctionalInterface
  interface Ring {
    void ring(long ticket);
  }

  Alarm(ProcessClock clock, Ring ring) {
    this.clock = clock;
    this.ring = ring;
  }

  /**
   * Sees to it that a wake-up comes at a time or earlier.
   *
   * @param wanted milliseconds since the epoch; {@link Long#MAX_VALUE} takes the wake-up back
   * @param seen a time not after now, by which a wake-up that should have come is noticed
   */
  void set(long wanted, long seen) {
    if (wanted == Long.MAX_VALUE) {
      off();
    } else if (armed == null || wanted < at || seen - at > CatchUp.STALL_MILLIS) {
      off();
      long now = clock.now();
      at = Math.min(Math.max(wanted, now), now + TimerLoop.MAX_NAP_MILLIS);
      long ticket = ++tickets;
      armed = clock.time().schedule(Duration.ofMillis(at - now), () -> ring.ring(ticket));
    }
  }

  /** Takes the wake-up back. */
  void off() {
    if (armed != null) {
      armed.cancel();
      armed = null;
    }
  }

  /** Returns whether this is the wake-up that was set last and not taken back; it is spent then. */
  boolean rang(long ticket) {
    boolean valid = armed != null && ticket == tickets;
    if (valid) {
      armed = null;
    }
    return valid;
  }
}
