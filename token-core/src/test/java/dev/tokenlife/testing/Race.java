package dev.tokenlife.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;

/** Lets threads loose at the same moment and collects what they got. */
public final class Race {
  private static final long PATIENCE_SECONDS = 120;

  private Race() {}

  /**
   * Runs a task on each of {@code threads} threads, none before all are ready.
   *
   * @param task given the number of its thread, from 0
   * @return the results in the order of those numbers
   * @throws AssertionError if one of them threw or they are not done in two minutes
   */
  public static <T> List<T> of(int threads, IntFunction<T> task) {
    CyclicBarrier start = new CyclicBarrier(threads);
    List<Callable<T>> racers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int number = i;
      racers.add(
          () -> {
            start.await();
            return task.apply(number);
          });
    }
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<T>> running = new ArrayList<>();
      for (Callable<T> racer : racers) {
        running.add(pool.submit(racer));
      }
      return results(running);
    } finally {
      pool.shutdownNow();
    }
  }

  private static <T> List<T> results(List<Future<T>> running) {
    List<T> results = new ArrayList<>();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    for (Future<T> one : running) {
      try {
        results.add(one.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS));
      } catch (ExecutionException failed) {
        throw new AssertionError("a racing thread failed: " + failed.getCause(), failed.getCause());
      } catch (TimeoutException stuck) {
        throw new AssertionError("racing threads hang", stuck);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted while threads race", interrupted);
      }
    }
    return results;
  }
}
