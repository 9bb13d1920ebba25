package dev.tokenlife.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.Tokens;
import dev.tokenlife.model.AccessToken;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.FailureKind;
import dev.tokenlife.model.Progress;
import dev.tokenlife.model.TokenUnavailableException;
import dev.tokenlife.scheduler.guard.GuardSettings;
import dev.tokenlife.scheduler.guard.ResilienceGuard;
import dev.tokenlife.spi.FetchRequest;
import dev.tokenlife.spi.FetchedToken;
import dev.tokenlife.spi.SourceException;
import dev.tokenlife.spi.TokenSource;
import dev.tokenlife.testing.ReferenceStore;
import dev.tokenlife.time.VirtualTime;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * One of two providers is down for ten minutes, in which all of its 10 000 grants fall due: their
 * tokens live 15 minutes, are due after 7.5 to 9.4 and served for 14.
 */
class ProviderOutageTest {
  private static final int GRANTS = 10_000;
  private static final int OTHERS = 1_000;
  private static final int CALM = 40 * 60;
  private static final int OUTAGE = 10 * 60;
  private static final int AFTERWARDS = 30 * 60;
  private static final Duration LIFE = Duration.ofMinutes(15);

  private final VirtualTime time = new VirtualTime();
  private final ResilienceGuard guard = ResilienceGuard.create(time, GuardSettings.DEFAULT);
  private final SplittableRandom random = new SplittableRandom(17);
  private final int[] calls = new int[CALM + OUTAGE + AFTERWARDS];
  private boolean down;
  private int second;
  private int served;
  private int refused;

  /** A provider that counts its calls for each second and is down when told. */
  private FetchedToken fragile() {
    calls[second]++;
    if (down) {
      throw new SourceException(FailureKind.TRANSIENT, "down");
    }
    return FetchedToken.of("fragile", LIFE);
  }

  @Test
  void outage_isProbed_hurtsNobodyElse_andItsEndIsARamp() {
    try (Tokens tokens =
        Tokens.builder()
            .source("fragile", upstream("fragile", request -> fragile()))
            .source("steady", upstream("steady", request -> FetchedToken.of("steady", LIFE)))
            .engine(PriorityEngine.create(PrioritySettings.DEFAULT.keep(Keep.ALWAYS)))
            .guard(guard)
            .store(ReferenceStore.local())
            .time(time)
            .executor(Runnable::run)
            .random(new SplittableRandom(18))
            .build()) {
      signIn(tokens);
      play(tokens, CALM);
      double steady = average(20 * 60, CALM);
      assertThat(refused).isZero();
      down = true;
      play(tokens, OUTAGE);
      down = false;
      assertThat(String.valueOf(tokens.status().get("guard"))).contains("fragile={health=DOWN");
      assertThat(refused).as("callers whose token ended in the outage").isPositive();
      assertThat(served).isPositive();
      assertThat(sum(CALM + 30, CALM + OUTAGE))
          .as("probes after the first seconds")
          .isLessThan(150);
      assertThat(sum(CALM, CALM + 30)).as("until the breaker opened").isLessThan(100);
      play(tokens, 5 * 60);
      assertThat(recovery(tokens))
          .satisfies(
              progress -> {
                assertThat(progress.done()).isPositive().isLessThan(progress.total());
                assertThat(progress.rate()).isBetween(steady / 2, 2 * steady);
                assertThat(progress.remaining()).isPositive();
              });
      assertThat(String.valueOf(tokens.status().get("guard"))).contains("health=STRAINED");
      play(tokens, AFTERWARDS - 5 * 60);
      assertThat(tokens.status()).containsEntry("recovery", Map.of());
      assertThat(String.valueOf(tokens.status().get("guard"))).contains("steady={health=HEALTHY");
      assertThat(most(CALM + OUTAGE, calls.length)).isLessThanOrEqualTo((int) (2 * steady) + 1);
      assertThat(sum(CALM, calls.length))
          .as("amplification")
          .isLessThanOrEqualTo((int) (1.2 * steady * (OUTAGE + AFTERWARDS)));
      for (int i = 0; i < GRANTS; i++) {
        assertThat(tokens.getIfFresh(ChainKey.of("fragile", "g" + i))).isPresent();
      }
    }
  }

  private void signIn(Tokens tokens) {
    for (int i = 0; i < GRANTS; i++) {
      tokens.watch(ChainKey.of("fragile", "g" + i));
      // Signed in over a quarter of an hour, as people do.
      time.advance(Duration.ofMillis(90));
      if (i < OTHERS) {
        tokens.watch(ChainKey.of("steady", "g" + i));
      }
    }
  }

  /** Each second a caller comes to each provider; whoever is refused is so within 100 ms. */
  private void play(Tokens tokens, int seconds) {
    for (int i = 0; i < seconds; i++, second++) {
      time.advance(Duration.ofMillis(900));
      ChainKey steady = ChainKey.of("steady", "g" + random.nextInt(OTHERS));
      assertThat(tokens.getIfFresh(steady)).as("the other provider's, %s", second).isPresent();
      var answer = call(tokens, ChainKey.of("fragile", "g" + random.nextInt(GRANTS)));
      time.advance(Duration.ofMillis(100));
      count(answer);
    }
  }

  private static CompletableFuture<AccessToken> call(Tokens tokens, ChainKey key) {
    boolean usable = tokens.getIfFresh(key).isPresent();
    CompletableFuture<AccessToken> answer = tokens.getAsync(key);
    if (usable) {
      assertThat(answer).as("a usable token is served at once").isCompleted();
    }
    return answer;
  }

  private void count(CompletableFuture<AccessToken> answer) {
    assertThat(answer).as("an answer within 100 ms").isDone();
    Throwable failure = answer.handle((token, thrown) -> thrown).join();
    if (failure == null) {
      served++;
      return;
    }
    refused++;
    assertThat(failure)
        .isInstanceOfSatisfying(
            TokenUnavailableException.class,
            closed -> {
              assertThat(closed.retryable()).isTrue();
              assertThat(closed.retryAfter()).as("%s", closed.getMessage()).isPresent();
              if (down) {
                assertThat(closed.kind()).contains(FailureKind.TRANSIENT);
              }
            });
  }

  private static Progress recovery(Tokens tokens) {
    Object all = tokens.status().get("recovery");
    return (Progress)
        Objects.requireNonNull(((Map<?, ?>) Objects.requireNonNull(all)).get("fragile"));
  }

  private static TokenSource upstream(String name, TokenSource fetches) {
    return new TokenSource() {
      @Override
      public FetchedToken fetch(FetchRequest request) throws Exception {
        return fetches.fetch(request);
      }

      @Override
      public String upstream() {
        return name;
      }
    };
  }

  private int sum(int from, int to) {
    int sum = 0;
    for (int i = from; i < to; i++) {
      sum += calls[i];
    }
    return sum;
  }

  private int most(int from, int to) {
    int most = 0;
    for (int i = from; i < to; i++) {
      most = Math.max(most, calls[i]);
    }
    return most;
  }

  private double average(int from, int to) {
    return sum(from, to) / (double) (to - from);
  }
}
