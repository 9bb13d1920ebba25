package dev.tokenlife.testing;

import dev.tokenlife.spi.TokenStore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * Lets somebody else act just before a call, as another process would between two calls of this
 * one. The intruder must use the store behind, not this one. Safe for use by many threads.
 */
public final class IntrudedStore extends WatchedStore {
  private final AtomicLong calls = new AtomicLong();
  private final LongConsumer intruder;

  private IntrudedStore(TokenStore store, LongConsumer intruder) {
    super(store);
    this.intruder = intruder;
  }

  /** Runs {@code intruder} before the {@code number}-th call, counted from 1. */
  public static IntrudedStore beforeCall(TokenStore store, long number, Runnable intruder) {
    return beforeEach(
        store,
        call -> {
          if (call == number) {
            intruder.run();
          }
        });
  }

  /** Runs {@code intruder} before each call, with the call's number, counted from 1. */
  public static IntrudedStore beforeEach(TokenStore store, LongConsumer intruder) {
    return new IntrudedStore(store, intruder);
  }

  /** Returns how many calls there were. */
  public long calls() {
    return calls.get();
  }

  @Override
  protected <T> T around(StoreCall call, Supplier<T> action) {
    intruder.accept(calls.incrementAndGet());
    return action.get();
  }
}
