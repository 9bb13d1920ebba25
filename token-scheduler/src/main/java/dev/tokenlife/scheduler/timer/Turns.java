package dev.tokenlife.scheduler.timer;

import dev.tokenlife.time.ProcessClock;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes up when something is due and hands it out, in batches, by turns on an executor: one turn at
 * a time, each until nothing is due or the pace of catching up says to wait.
 */
final class Turns<T> {
  private static final Logger log = LoggerFactory.getLogger(TimerLoop.class);
  private static final long RETRY_MILLIS = 1_000;

  private final Armed<T> armed;
  private final ProcessClock clock;
  private final Executor executor;
  private final Alarm alarm;
  private final Delivery<T> delivery;
  private final CatchUp catchUp;
  private final LatenessLog lateness = new LatenessLog();
  private boolean turning;
  private long notBefore;

  Turns(
      Armed<T> armed,
      ProcessClock clock,
      Executor executor,
      DueCallback<? super T> callback,
      int catchUpPerSecond) {
    this.armed = armed;
    this.clock = clock;
    this.executor = executor;
    this.alarm = new Alarm(clock, this::wake);
    this.delivery = new Delivery<>(callback);
    this.catchUp = new CatchUp(catchUpPerSecond);
  }

  /** Sees to it that a wake-up comes in time; the lock is held. 0 stands for some time before. */
  void aim(long now) {
    if (!turning) {
      alarm.set(Math.max(armed.nextWake(now), notBefore), now);
    }
  }

  /** Takes the wake-up back, since nothing is armed; the lock is held. */
  void rest() {
    alarm.off();
  }

  /** Returns how late timers were; the lock is held. */
  Lateness lateness() {
    return lateness.read();
  }

  /** Returns whether the end of a stall is being paced; the lock is held. */
  boolean isCatchingUp() {
    return catchUp.isOn();
  }

  /** Lets no callback begin, and waits for the one that runs; the lock is not held. */
  void stop() {
    delivery.stop();
  }

  /** On the time source's thread: looks whether anything is due and leaves the rest to a turn. */
  private void wake(long ticket) {
    long now = clock.now();
    armed.lock.lock();
    try {
      if (!alarm.rang(ticket)) {
        return;
      }
      turning = Math.max(armed.nextWake(now), notBefore) <= now;
      aim(now);
      if (!turning) {
        return;
      }
    } finally {
      armed.lock.unlock();
    }
    try {
      executor.execute(this::turn);
    } catch (RejectedExecutionException refused) {
      log.atWarn()
          .addKeyValue("retryMillis", RETRY_MILLIS)
          .log("The executor refused a turn of the timers; they wait until it takes one");
      endTurn(RETRY_MILLIS);
    }
  }

  private void turn() {
    boolean whole = false;
    try {
      while (step()) {
        delivery.deliver();
      }
      whole = true;
    } finally {
      if (!whole) {
        endTurn(RETRY_MILLIS);
      }
    }
  }

  /** Takes out one batch; returns false, with the next wake-up set, if none is to be taken now. */
  private boolean step() {
    long now = clock.now();
    armed.lock.lock();
    try {
      int max = Math.min(Delivery.BATCH, catchUp.allowance(now));
      if (max == 0) {
        endTurn(CatchUp.SLICE_MILLIS);
        return false;
      }
      int fired = armed.drain(now, max, delivery);
      boolean nothingDue = fired == 0 && armed.nextWake(now) > now;
      if (fired > 0 || nothingDue) {
        note(fired, now);
      }
      if (nothingDue) {
        endTurn(0);
      }
      return !nothingDue;
    } finally {
      armed.lock.unlock();
    }
  }

  private void note(int fired, long now) {
    for (int i = 0; i < fired; i++) {
      lateness.record(now - delivery.deadline(i));
    }
    long late = fired == 0 ? 0 : now - delivery.deadline(0);
    if (catchUp.handedOut(fired, late, now)) {
      log.atInfo()
          .addKeyValue("lateMillis", late)
          .addKeyValue("armed", armed.size())
          .log(catchUp.isOn() ? "Timers are late; catching up" : "Timers have caught up");
    }
  }

  private void endTurn(long pauseMillis) {
    long now = clock.now();
    armed.lock.lock();
    try {
      turning = false;
      notBefore = now + pauseMillis;
      aim(now);
    } finally {
      armed.lock.unlock();
    }
  }
}
