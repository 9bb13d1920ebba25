package dev.tokenlife.scheduler.mass;

import dev.tokenlife.Tokens;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.scheduler.ScheduledEngine;
import dev.tokenlife.spi.FetchedToken;
import dev.tokenlife.spi.TokenSource;
import dev.tokenlife.testing.ReferenceStore;
import dev.tokenlife.time.VirtualTime;
import java.time.Duration;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * A million tokens of one hour, issued within one second, and then kept fresh by the whole engine
 * in virtual time: the busiest second of each cycle against tokens / lifetime, beside the usual
 * fixed buffer with a jitter of a tenth.
 */
public final class MassIssue {
  private static final int CHAINS = Integer.getInteger("chains", 1_000_000);
  private static final Duration LIFE = Duration.ofHours(1);
  private static final int CYCLES = 6;

  private MassIssue() {}

  public static void main(String[] args) {
    int[] ours = new int[CYCLES * (int) LIFE.toSeconds()];
    long late = kept(ours);
    int[] fixed = new int[ours.length];
    fixedBuffer(fixed);
    System.out.println("| busiest second / (tokens / lifetime) | " + cycles() + " |");
    System.out.println("|---".repeat(CYCLES + 1) + "|");
    System.out.println("| ScheduledEngine | " + peaks(ours) + " |");
    System.out.println("| 5 min before expiry, +-10 % jitter | " + peaks(fixed) + " |");
    System.out.printf("chains=%d expired before they were refreshed=%d%n", CHAINS, late);
    System.exit(0);
  }

  /** Returns how many tokens were replaced after their end. */
  private static long kept(int[] perSecond) {
    VirtualTime time = new VirtualTime();
    long start = time.wallMillis();
    long[] late = new long[1];
    Tokens tokens =
        Tokens.builder()
            .source(
                TokenSource.of(
                    request -> {
                      int second = (int) ((time.wallMillis() - start) / 1_000);
                      if (second < perSecond.length) {
                        perSecond[second]++;
                      }
                      return FetchedToken.of("token", LIFE);
                    }))
            .engine(ScheduledEngine.create())
            .store(ReferenceStore.local())
            .time(time)
            .executor(Runnable::run)
            .listener(event -> {})
            .build();
    for (int i = 0; i < CHAINS; i++) {
      if (i % (CHAINS / 100) == 0) {
        time.advance(Duration.ofMillis(10));
      }
      tokens.adopt(ChainKey.of("music", "user-" + i), "g", FetchedToken.of("token", LIFE));
    }
    for (int second = 0; second < perSecond.length; second++) {
      time.advance(Duration.ofSeconds(1));
      if (second % 600 == 599) {
        late[0] += expired(tokens, time);
      }
    }
    tokens.close();
    return late[0];
  }

  private static long expired(Tokens tokens, VirtualTime time) {
    long expired = 0;
    for (int i = 0; i < CHAINS; i += 100) {
      ChainKey key = ChainKey.of("music", "user-" + i);
      if (tokens.getIfFresh(key).isEmpty()) {
        expired++;
      }
    }
    return expired;
  }

  private static void fixedBuffer(int[] perSecond) {
    SplittableRandom random = new SplittableRandom(1);
    long buffer = Duration.ofMinutes(5).toMillis();
    for (int i = 0; i < CHAINS; i++) {
      long at = random.nextLong(1_000);
      while (true) {
        long jitter = random.nextLong(-buffer / 10, buffer / 10 + 1);
        at += LIFE.toMillis() - buffer + jitter;
        int second = (int) (at / 1_000);
        if (second >= perSecond.length) {
          break;
        }
        perSecond[second]++;
      }
    }
  }

  private static String cycles() {
    StringBuilder text = new StringBuilder();
    for (int cycle = 0; cycle < CYCLES; cycle++) {
      text.append(cycle == 0 ? "" : " | ").append("cycle ").append(cycle + 1);
    }
    return text.toString();
  }

  private static String peaks(int[] perSecond) {
    StringBuilder text = new StringBuilder();
    int seconds = perSecond.length / CYCLES;
    for (int cycle = 0; cycle < CYCLES; cycle++) {
      int most = 0;
      for (int second = cycle * seconds; second < (cycle + 1) * seconds; second++) {
        most = Math.max(most, perSecond[second]);
      }
      text.append(cycle == 0 ? "" : " | ")
          .append(String.format(Locale.ROOT, "%.2f", most / (CHAINS / (double) seconds)));
    }
    return text.toString();
  }
}
