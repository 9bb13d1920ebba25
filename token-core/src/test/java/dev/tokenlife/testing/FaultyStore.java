package dev.tokenlife.testing;

import dev.tokenlife.spi.StoreException;
import dev.tokenlife.spi.TokenStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * A store that fails as it is told: at the k-th call, at the k-th call of one sort, or by seeded
 * chance. Calls are counted from 1, those that failed too.
 *
 * <p>A read that meets a fault of writes is thrown as {@code UNAVAILABLE}: only a write can be
 * uncertain. Safe for use by many threads; which thread makes the k-th call is theirs to decide.
 */
public final class FaultyStore extends WatchedStore {
  private final FaultPlan plan = new FaultPlan();
  private final List<Supplier<?>> delayed = new ArrayList<>();
  private final AtomicBoolean dead = new AtomicBoolean();

  private FaultyStore(TokenStore store) {
    super(store);
  }

  /** Goes around a store and breaks nothing yet. */
  public static FaultyStore around(TokenStore store) {
    return new FaultyStore(store);
  }

  /** Breaks the {@code number}-th call of all, counted from 1. */
  public FaultyStore breakCall(long number, StoreFault fault) {
    plan.at(number, fault);
    return this;
  }

  /** Breaks the {@code number}-th call of one sort, counted from 1. */
  public FaultyStore breakCall(StoreCall call, long number, StoreFault fault) {
    plan.at(call, number, fault);
    return this;
  }

  /** Breaks the next call. */
  public FaultyStore breakNext(StoreFault fault) {
    plan.next(fault);
    return this;
  }

  /** Breaks the next call of one sort. */
  public FaultyStore breakNext(StoreCall call, StoreFault fault) {
    plan.next(call, fault);
    return this;
  }

  /** Breaks each call with a probability; the same seed breaks the same calls. */
  public FaultyStore breakRandomly(long seed, double probability, StoreFault... faults) {
    plan.random(seed, probability, List.of(faults));
    return this;
  }

  /** Breaks nothing any more; a killed process is started again. Delayed writes stay delayed. */
  public void heal() {
    plan.heal();
    dead.set(false);
  }

  /** Lets the delayed writes land, in their order; each may find that it lost meanwhile. */
  public List<Object> releaseDelayed() {
    List<Supplier<?>> landing;
    synchronized (delayed) {
      landing = List.copyOf(delayed);
      delayed.clear();
    }
    List<Object> results = new ArrayList<>();
    for (Supplier<?> write : landing) {
      results.add(write.get());
    }
    return results;
  }

  /** Returns whether the process was killed at a call, and not started again. */
  public boolean isDead() {
    return dead.get();
  }

  /** Returns how many writes are still to land. */
  public int delayedWrites() {
    synchronized (delayed) {
      return delayed.size();
    }
  }

  /** Returns how many calls there were. */
  public long calls() {
    return plan.total();
  }

  /** Returns how many calls of one sort there were. */
  public long calls(StoreCall call) {
    return plan.calls(call);
  }

  /** Counts from 1 again; what was planned for a number waits for that number. */
  public void recount() {
    plan.recount();
  }

  @Override
  protected <T> T around(StoreCall call, Supplier<T> action) {
    Optional<StoreFault> fault = plan.meet(call);
    if (dead.get()) {
      throw new ProcessKilled(call, plan.total());
    }
    return fault.isEmpty() ? action.get() : broken(call, fault.get(), action);
  }

  private <T> T broken(StoreCall call, StoreFault fault, Supplier<T> action) {
    boolean killed = fault == StoreFault.KILLED_BEFORE || fault == StoreFault.KILLED_AFTER;
    boolean answerLost = fault == StoreFault.ANSWER_LOST && call.isWrite();
    if (fault == StoreFault.KILLED_AFTER || answerLost) {
      T unused = action.get();
    } else if (fault == StoreFault.DELAYED) {
      delay(call, action);
    }
    if (killed) {
      dead.set(true);
      throw new ProcessKilled(call, plan.total());
    }
    throw new StoreException(kind(call, fault), "made to fail: " + fault + " at " + call);
  }

  private void delay(StoreCall call, Supplier<?> action) {
    if (call.isWrite()) {
      synchronized (delayed) {
        delayed.add(action);
      }
    }
  }

  private static StoreException.Kind kind(StoreCall call, StoreFault fault) {
    if (fault == StoreFault.THROTTLED) {
      return StoreException.Kind.THROTTLED;
    }
    boolean unsure = fault != StoreFault.UNAVAILABLE && call.isWrite();
    return unsure ? StoreException.Kind.UNKNOWN : StoreException.Kind.UNAVAILABLE;
  }
}
