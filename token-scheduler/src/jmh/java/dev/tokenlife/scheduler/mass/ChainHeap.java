package dev.tokenlife.scheduler.mass;

import dev.tokenlife.Tokens;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.scheduler.ScheduledEngine;
import dev.tokenlife.spi.FetchedToken;
import dev.tokenlife.spi.TokenSource;
import java.time.Duration;
import java.util.Locale;

/**
 * What one watched chain holds in a process on a store elsewhere: its key, index, entry, 64-byte
 * token and timer. Heap after a full collection, less the same before, by a million.
 */
public final class ChainHeap {
  private static final int CHAINS = 1_000_000;

  private ChainHeap() {}

  public static void main(String[] args) {
    Tokens tokens =
        Tokens.builder()
            .source(TokenSource.of(request -> FetchedToken.of(token(0), Duration.ofHours(1))))
            .engine(ScheduledEngine.create())
            .store(new RowlessStore())
            .build();
    long before = used();
    for (int i = 0; i < CHAINS; i++) {
      tokens.adopt(
          ChainKey.of("music", "user-" + i), "g", FetchedToken.of(token(i), Duration.ofHours(1)));
    }
    long after = used();
    System.out.printf(
        Locale.ROOT,
        "heap per cached chain: %.0f bytes (%d chains; engine: %s)%n",
        (after - before) / (double) CHAINS,
        CHAINS,
        tokens.status().get("engine"));
    tokens.close();
    System.exit(0);
  }

  private static String token(int i) {
    return String.format(Locale.ROOT, "%064d", i);
  }

  private static long used() {
    for (int i = 0; i < 4; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
