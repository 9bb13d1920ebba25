package dev.tokenlife.read;

import com.google.auth.oauth2.OAuth2Credentials;
import dev.tokenlife.PullEngine;
import dev.tokenlife.Tokens;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.read.Peers.Fetched;
import dev.tokenlife.spi.FetchedToken;
import dev.tokenlife.spi.RefreshPolicy;
import dev.tokenlife.spi.TokenSource;
import dev.tokenlife.testing.ReferenceStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A thousand threads ask for one token at the same moment: when it is due but good for two more
 * seconds, and when it is not good any more. Prints how often the source was called and how long
 * the callers took, for this library and for its peers, all with one slow source.
 */
public final class Stampede {
  private static final int CALLERS = 1_000;
  private static final Duration LIFE = Duration.ofSeconds(4);
  private static final Duration DUE = Duration.ofSeconds(3);
  private static final Duration STOP = Duration.ofSeconds(1);
  private static final Duration CALL = Duration.ofMillis(100);

  private Stampede() {}

  public static void main(String[] args) throws Exception {
    System.out.printf(
        "%d callers, a source that takes %d ms, lifetime %d s, due %d s before its end%n%n",
        CALLERS, CALL.toMillis(), LIFE.toSeconds(), DUE.toSeconds());
    System.out.println(
        "| | token | source calls | p50 ms | p99 ms | max ms | got the old one | failed |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    for (Map.Entry<String, Function<Supplier<Fetched>, Callable<String>>> each :
        contenders().entrySet()) {
      crowd(each.getKey(), "due", each.getValue(), Duration.ofMillis(1_500));
      crowd(each.getKey(), "over", each.getValue(), LIFE.minus(STOP).plusMillis(500));
    }
    System.exit(0);
  }

  private static Map<String, Function<Supplier<Fetched>, Callable<String>>> contenders() {
    Map<String, Function<Supplier<Fetched>, Callable<String>>> all = new LinkedHashMap<>();
    all.put("Tokens", Stampede::tokens);
    all.put("Caffeine LoadingCache", Stampede::caffeine);
    all.put("AWS CachedSupplier", source -> Peers.aws(source, DUE, STOP)::get);
    all.put("Google OAuth2Credentials", Stampede::google);
    all.put("Spring client manager", Stampede::spring);
    return all;
  }

  private static Callable<String> tokens(Supplier<Fetched> source) {
    Tokens tokens =
        Tokens.builder()
            .source(TokenSource.of(asked -> FetchedToken.of(source.get().value(), LIFE)))
            .policy(RefreshPolicy.fraction(0.25))
            .engine(PullEngine.create())
            .store(ReferenceStore.local())
            .build();
    ChainKey key = ChainKey.of("bank");
    return () -> tokens.get(key).value().reveal();
  }

  private static Callable<String> caffeine(Supplier<Fetched> source) {
    var cache = Peers.caffeine(key -> source.get(), LIFE.minus(DUE), LIFE.minus(STOP));
    return () -> cache.get("bank");
  }

  private static Callable<String> google(Supplier<Fetched> source) {
    OAuth2Credentials credentials = Peers.google(source, DUE, STOP);
    return () -> credentials.getRequestMetadata(null).get("Authorization").get(0);
  }

  private static Callable<String> spring(Supplier<Fetched> source) {
    var manager = Peers.spring(source, STOP);
    return () -> manager.authorize(Peers.springRequest()).getAccessToken().getTokenValue();
  }

  private static void crowd(
      String name,
      String phase,
      Function<Supplier<Fetched>, Callable<String>> contender,
      Duration after)
      throws Exception {
    AtomicInteger made = new AtomicInteger();
    AtomicInteger calls = new AtomicInteger();
    Callable<String> get =
        contender.apply(
            () -> {
              calls.incrementAndGet();
              int call = made.incrementAndGet();
              LockSupport.parkNanos(CALL.toNanos());
              return new Fetched("token-" + call, Instant.now().plus(LIFE));
            });
    Outcome outcome = new Outcome(get.call());
    LockSupport.parkNanos(after.toNanos());
    calls.set(0);
    long[] took = all(get, outcome);
    System.out.printf(
        "| %s | %s | %d | %.1f | %.1f | %.1f | %d | %d |%n",
        name,
        phase,
        calls.get(),
        took[CALLERS / 2] / 1e6,
        took[CALLERS * 99 / 100] / 1e6,
        took[CALLERS - 1] / 1e6,
        outcome.old.get(),
        outcome.failed.get());
  }

  /** What the callers got. */
  private static final class Outcome {
    final String first;
    final AtomicInteger old = new AtomicInteger();
    final AtomicInteger failed = new AtomicInteger();

    Outcome(String first) {
      this.first = first;
    }

    void got(String token) {
      if (token.equals(first)) {
        old.incrementAndGet();
      }
    }
  }

  /** Lets everybody ask at once; returns how long each took, shortest first. */
  private static long[] all(Callable<String> get, Outcome outcome) throws Exception {
    long[] took = new long[CALLERS];
    CountDownLatch ready = new CountDownLatch(CALLERS);
    CountDownLatch go = new CountDownLatch(1);
    Thread[] threads = new Thread[CALLERS];
    for (int i = 0; i < CALLERS; i++) {
      final int caller = i;
      threads[i] =
          new Thread(
              () -> {
                ready.countDown();
                try {
                  go.await();
                  long from = System.nanoTime();
                  String token = get.call();
                  took[caller] = System.nanoTime() - from;
                  outcome.got(token);
                } catch (Exception failure) {
                  outcome.failed.incrementAndGet();
                }
              });
      threads[i].start();
    }
    ready.await();
    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    Arrays.sort(took);
    return took;
  }
}
