package dev.tokenlife.testing;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.spi.TokenEvent;
import dev.tokenlife.spi.TokenListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Remembers every event. Safe for use by many threads. */
public final class RecordingListener implements TokenListener {
  private static final long PATIENCE_SECONDS = 30;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition told = lock.newCondition();
  private final List<TokenEvent> events = new ArrayList<>();

  /** Creates one that has heard nothing. */
  public RecordingListener() {}

  @Override
  public void onEvent(TokenEvent event) {
    lock.lock();
    try {
      events.add(event);
      told.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Returns all events, in the order they came. */
  public List<TokenEvent> events() {
    lock.lock();
    try {
      return List.copyOf(events);
    } finally {
      lock.unlock();
    }
  }

  /** Returns the events of a type. */
  public List<TokenEvent> events(TokenEvent.Type type) {
    return events().stream().filter(event -> event.type() == type).toList();
  }

  /** Returns the events of a chain. */
  public List<TokenEvent> events(ChainKey key) {
    return events().stream().filter(event -> event.key().equals(key)).toList();
  }

  /** Returns the types of all events, in the order they came. */
  public List<TokenEvent.Type> types() {
    return events().stream().map(TokenEvent::type).toList();
  }

  /** Waits until there were {@code count} events of a type; for at most 30 s of real time. */
  public List<TokenEvent> await(TokenEvent.Type type, int count) {
    long left = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    lock.lock();
    try {
      while (events(type).size() < count) {
        if (left <= 0) {
          throw new AssertionError(
              "waited for " + count + " events of type " + type + ", got " + types());
        }
        left = told.awaitNanos(left);
      }
      return events(type);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for " + type, stop);
    } finally {
      lock.unlock();
    }
  }

  /** Forgets everything. */
  public void clear() {
    lock.lock();
    try {
      events.clear();
    } finally {
      lock.unlock();
    }
  }
}
