package dev.tokenlife.scheduler;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.scheduler.timer.TimerLoop;
import dev.tokenlife.scheduler.timer.TimerStatus;
import dev.tokenlife.spi.EngineContext;
import dev.tokenlife.spi.PlannedRefresh;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one timer each watched chain has, and what an engine works with from its start to its end.
 *
 * <p>A chain's timer is the core's ticket. Only one that an engine put off by itself is kept here,
 * until it fires or the core plans anew, so that no chain ever has two. Safe for use by many
 * threads; the callback runs on the timer thread and must only hand work on.
 */
final class ChainTimers {
  static final String NOT_STARTED =
      "the engine was not started: give it to Tokens.builder().engine(...) first";

  private final Consumer<ChainKey> due;
  private final ConcurrentHashMap<ChainKey, PutOff> putOff = new ConcurrentHashMap<>();
  private volatile @Nullable Running running;
  private volatile boolean closed;

  /** What exists while the engine runs. */
  private record Running(EngineContext context, TimerLoop<ChainKey> timers) {}

  /** A timer that is in nobody's ticket, and when it fires. */
  private record PutOff(long handle, long at) {}

  ChainTimers(Consumer<ChainKey> due) {
    this.due = due;
  }

  synchronized void start(EngineContext context) {
    if (running != null) {
      throw new IllegalStateException("an engine serves one Tokens: create another one");
    }
    running =
        new Running(
            context, new TimerLoop<>(context.clock(), Runnable::run, (key, at) -> fired(key)));
  }

  EngineContext context() {
    return running().context;
  }

  long now() {
    return context().clock().now();
  }

  /** Replaces a chain's timer, its own or one put off, by what is planned; returns the ticket. */
  long plan(ChainKey key, PlannedRefresh planned, long ticket) {
    Running now = running();
    cancelPutOff(now, key);
    if (planned.armed()) {
      return now.timers.replace(ticket, key, planned.at());
    }
    now.timers.cancel(ticket);
    return TimerLoop.NONE;
  }

  /** Arms a chain again whose timer has fired; after close this does nothing. */
  void putOff(ChainKey key, long at) {
    Running now = running();
    // In the table before it can fire, so that its end finds it there.
    putOff.compute(
        key,
        (k, before) -> {
          long handle = before == null ? TimerLoop.NONE : before.handle;
          return new PutOff(now.timers.replace(handle, key, at), at);
        });
  }

  void forget(ChainKey key, long ticket) {
    Running now = running;
    if (now != null) {
      now.timers.cancel(ticket);
      cancelPutOff(now, key);
    }
  }

  /** Says when a chain's timer fires; empty if none is armed. */
  String explain(ChainKey key, long ticket) {
    Running now = running();
    PutOff later = putOff.get(key);
    if (later != null) {
      return "put off until " + in(later.at);
    }
    return now.timers.isArmed(ticket) ? "refresh at " + in(now.context.plannedAt(key)) : "";
  }

  TimerStatus status() {
    return running().timers.status();
  }

  /** Drops all timers; returns false if that was done before, or nothing was started. */
  synchronized boolean close() {
    Running now = running;
    if (closed || now == null) {
      return false;
    }
    closed = true;
    now.timers.close();
    putOff.clear();
    return true;
  }

  private void fired(ChainKey key) {
    putOff.computeIfPresent(
        key, (k, fired) -> running().timers.isArmed(fired.handle) ? fired : null);
    due.accept(key);
  }

  private void cancelPutOff(Running now, ChainKey key) {
    PutOff later = putOff.isEmpty() ? null : putOff.remove(key);
    if (later != null) {
      now.timers.cancel(later.handle);
    }
  }

  private String in(long at) {
    long seconds = Math.max(0, at - now()) / 1_000;
    return Instant.ofEpochMilli(at) + " (in " + seconds + " s)";
  }

  private Running running() {
    Running now = running;
    if (now == null) {
      throw new IllegalStateException(NOT_STARTED);
    }
    return now;
  }
}
