package dev.tokenlife.scheduler.timer;

import dev.tokenlife.time.ProcessClock;
import java.util.concurrent.locks.ReentrantLock;

/** Armed timers and what belongs to each. Guarded by its lock, which is held for moments only. */
final class Armed<T> {
  final ReentrantLock lock = new ReentrantLock();
  private final Timers timers;
  private final Payloads<T> payloads = new Payloads<>();

  Armed(Timers timers) {
    this.timers = timers;
  }

  /** Returns the time if it is needed to arm for a deadline, else 0, which does as well. */
  long timeFor(long deadline, ProcessClock clock) {
    return timers.needsTime(deadline) ? clock.readNow() : 0;
  }

  long arm(T payload, long deadline, long now) {
    long handle = timers.arm(deadline, now);
    payloads.put(Timers.slot(handle), payload);
    return handle;
  }

  boolean rearm(long handle, long deadline, long now) {
    return timers.rearm(handle, deadline, now);
  }

  boolean replace(long handle, T payload, long deadline, long now) {
    boolean moved = timers.rearm(handle, deadline, now);
    if (moved) {
      payloads.put(Timers.slot(handle), payload);
    }
    return moved;
  }

  boolean cancel(long handle) {
    boolean cancelled = timers.cancel(handle);
    if (cancelled) {
      payloads.take(Timers.slot(handle));
      trim();
    }
    return cancelled;
  }

  int drain(long now, int max, Delivery<T> delivery) {
    int fired =
        timers.drain(
            now,
            max,
            (handle, deadline) -> delivery.add(payloads.take(Timers.slot(handle)), deadline));
    trim();
    return fired;
  }

  long nextWake(long now) {
    return timers.nextWake(now);
  }

  boolean isArmed(long handle) {
    return timers.isArmed(handle);
  }

  int size() {
    return timers.size();
  }

  void clear() {
    timers.clear();
    payloads.clear();
  }

  private void trim() {
    if (timers.size() == 0) {
      payloads.trim();
    }
  }
}
