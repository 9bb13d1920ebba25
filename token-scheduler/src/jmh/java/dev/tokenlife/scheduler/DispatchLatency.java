package dev.tokenlife.scheduler;

import dev.tokenlife.Tokens;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.spi.Demand;
import dev.tokenlife.spi.FetchRequest;
import dev.tokenlife.spi.FetchedToken;
import dev.tokenlife.spi.TokenSource;
import dev.tokenlife.testing.ReferenceStore;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/**
 * How long it takes from a caller's demand until its source is called, while a million planned
 * refreshes wait behind a permit that is taken and others are free; beside the time until a bare
 * executor of as many threads begins a task. Both are asked in turns, one at a time and 100 at
 * once.
 */
public final class DispatchLatency {
  private static final int PLANNED = 1_000_000;
  private static final int ROUNDS = 40;
  private static final int AT_ONCE = 100;
  private static final int THREADS = 240;

  private final Map<ChainKey, Long> calledAt = new ConcurrentHashMap<>();
  private final Semaphore planned = new Semaphore(0);
  private final ExecutorService bare = Executors.newFixedThreadPool(THREADS);

  /** Prints the percentiles of both. */
  public static void main(String... args) throws Exception {
    new DispatchLatency().run();
  }

  private void run() throws Exception {
    PrioritySettings settings = PrioritySettings.DEFAULT.concurrency(THREADS, 120);
    try (Tokens tokens =
        Tokens.builder()
            .source("planned", upstream("planned"))
            .source("callers", upstream("callers"))
            .engine(PriorityEngine.create(settings))
            .store(ReferenceStore.local())
            .concurrency(THREADS)
            .callDeadline(Duration.ofSeconds(15))
            .build()) {
      for (int i = 0; i < PLANNED; i++) {
        var unused = tokens.refresh(ChainKey.of("planned", "p" + i), Demand.BACKGROUND);
      }
      System.out.println("waiting: " + tokens.status().get("queued"));
      report(tokens, 1);
      report(tokens, AT_ONCE);
      System.out.println("waiting: " + tokens.status().get("queued"));
      planned.release(Integer.MAX_VALUE / 2);
    } finally {
      bare.shutdownNow();
    }
  }

  private void report(Tokens tokens, int atOnce) throws InterruptedException {
    int rounds = atOnce == 1 ? ROUNDS * 25 : ROUNDS;
    long[] engine = new long[rounds * atOnce];
    long[] executor = new long[rounds * atOnce];
    for (int round = -rounds / 4; round < rounds; round++) {
      long[] one = throughTheEngine(tokens, "c" + atOnce + "-" + round + "-", atOnce);
      long[] other = throughTheExecutor(atOnce);
      if (round >= 0) {
        System.arraycopy(one, 0, engine, round * atOnce, atOnce);
        System.arraycopy(other, 0, executor, round * atOnce, atOnce);
      }
      LockSupport.parkNanos(2_000_000);
    }
    System.out.println("| microseconds, " + atOnce + " at once | p50 | p99 | p99.9 | max |");
    print("priority engine, a million waiting", engine);
    print("bare executor", executor);
  }

  private long[] throughTheEngine(Tokens tokens, String prefix, int atOnce)
      throws InterruptedException {
    long[] asked = new long[atOnce];
    CountDownLatch all = new CountDownLatch(atOnce);
    for (int i = 0; i < atOnce; i++) {
      asked[i] = System.nanoTime();
      var unused =
          tokens
              .refresh(ChainKey.of("callers", prefix + i), Demand.BLOCKED)
              .whenComplete((token, failure) -> all.countDown());
    }
    all.await();
    long[] took = new long[atOnce];
    for (int i = 0; i < atOnce; i++) {
      ChainKey key = ChainKey.of("callers", prefix + i);
      took[i] = Objects.requireNonNull(calledAt.get(key)) - asked[i];
    }
    return took;
  }

  private long[] throughTheExecutor(int atOnce) throws InterruptedException {
    long[] took = new long[atOnce];
    CountDownLatch all = new CountDownLatch(atOnce);
    for (int i = 0; i < atOnce; i++) {
      int place = i;
      long asked = System.nanoTime();
      bare.execute(
          () -> {
            took[place] = System.nanoTime() - asked;
            all.countDown();
          });
    }
    all.await();
    return took;
  }

  private TokenSource upstream(String name) {
    return new TokenSource() {
      @Override
      public FetchedToken fetch(FetchRequest request) throws InterruptedException {
        calledAt.put(request.key(), System.nanoTime());
        if (name.equals("planned")) {
          planned.acquire();
        }
        return FetchedToken.of("token", Duration.ofHours(1));
      }

      @Override
      public String upstream() {
        return name;
      }
    };
  }

  private static void print(String what, long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    System.out.printf(
        Locale.ROOT,
        "| %s | %.0f | %.0f | %.0f | %.0f |%n",
        what,
        sorted[sorted.length / 2] / 1e3,
        sorted[sorted.length * 99 / 100] / 1e3,
        sorted[sorted.length * 999 / 1_000] / 1e3,
        sorted[sorted.length - 1] / 1e3);
  }
}
