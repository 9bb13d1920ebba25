package dev.tokenlife.scheduler.timer;

import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A batch of fired timers on its way to the callback. Used by one turn at a time. */
final class Delivery<T> {
  /** How many timers a batch holds at most. */
  static final int BATCH = 256;

  private static final Logger log = LoggerFactory.getLogger(Delivery.class);

  private final DueCallback<? super T> callback;
  private final ReentrantLock calling = new ReentrantLock();
  private final @Nullable Object[] payloads = new Object[BATCH];
  private final long[] deadlines = new long[BATCH];
  private int count;
  private volatile boolean stopped;

  Delivery(DueCallback<? super T> callback) {
    this.callback = callback;
  }

  void add(T payload, long deadline) {
    payloads[count] = payload;
    deadlines[count] = deadline;
    count++;
  }

  long deadline(int index) {
    return deadlines[index];
  }

  /** Calls back for each timer of the batch, and empties it. */
  @SuppressWarnings("unchecked")
  void deliver() {
    int n = count;
    count = 0;
    for (int i = 0; i < n; i++) {
      T payload = (T) Objects.requireNonNull(payloads[i]);
      payloads[i] = null;
      call(payload, deadlines[i]);
    }
  }

  /** Lets nothing be delivered any more, and waits for a callback that another thread is in. */
  @SuppressWarnings("LockNotBeforeTry") // taken only to wait for whoever has it
  void stop() {
    stopped = true;
    calling.lock();
    calling.unlock();
  }

  private void call(T payload, long deadline) {
    calling.lock();
    try {
      if (!stopped) {
        callback.due(payload, deadline);
      }
    } catch (Throwable failure) {
      log.error("The callback of a timer failed; the other timers go on", failure);
    } finally {
      calling.unlock();
    }
  }
}
