package dev.tokenlife.read;

import com.github.benmanes.caffeine.cache.LoadingCache;
import com.google.auth.oauth2.OAuth2Credentials;
import dev.tokenlife.PullEngine;
import dev.tokenlife.TokenHandle;
import dev.tokenlife.Tokens;
import dev.tokenlife.model.AccessToken;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.read.Peers.Fetched;
import dev.tokenlife.spi.FetchedToken;
import dev.tokenlife.spi.TokenSource;
import dev.tokenlife.testing.ReferenceStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.security.oauth2.client.AuthorizedClientServiceOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import software.amazon.awssdk.utils.cache.CachedSupplier;

/**
 * A hot read of a fresh token, among a thousand others, beside peers and beside the limit: a map
 * lookup and a clock read, or the clock read alone.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(2)
public class ReadBench {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration AHEAD = Duration.ofMinutes(5);
  private static final Duration STOP = Duration.ofMinutes(1);
  private static final int OTHERS = 1_000;

  private final ChainKey key = ChainKey.of("bank", "default");
  private final ConcurrentHashMap<ChainKey, Instant> map = new ConcurrentHashMap<>();
  private final OAuth2AuthorizeRequest request = Peers.springRequest();
  private Tokens tokens;
  private TokenHandle handle;
  private LoadingCache<String, String> caffeine;
  private CachedSupplier<String> aws;
  private OAuth2Credentials google;
  private AuthorizedClientServiceOAuth2AuthorizedClientManager spring;

  @Setup
  public void setUp() throws IOException {
    tokens =
        Tokens.builder()
            .source(TokenSource.of(asked -> FetchedToken.of("token", DAY)))
            .engine(PullEngine.create())
            .store(ReferenceStore.local())
            .build();
    Supplier<Fetched> source = () -> new Fetched("token", Instant.now().plus(DAY));
    caffeine = Peers.caffeine(asked -> source.get(), DAY.minus(AHEAD), DAY.minus(STOP));
    for (int i = 0; i < OTHERS; i++) {
      map.put(ChainKey.of("bank", "other-" + i), Instant.EPOCH);
      tokens.get(ChainKey.of("bank", "other-" + i));
      caffeine.get("other-" + i);
    }
    map.put(key, Instant.EPOCH);
    tokens.get(key);
    handle = tokens.handle(key);
    caffeine.get("default");
    aws = Peers.aws(source, AHEAD, STOP);
    aws.get();
    google = Peers.google(source, AHEAD, STOP);
    google.refresh();
    spring = Peers.spring(source, STOP);
    spring.authorize(request);
  }

  @TearDown
  public void tearDown() {
    tokens.close();
    aws.close();
  }

  @Benchmark
  public long clock() {
    return System.currentTimeMillis();
  }

  @Benchmark
  public boolean mapAndClock() {
    return map.get(key).toEpochMilli() < System.currentTimeMillis();
  }

  @Benchmark
  public AccessToken tokensGet() {
    return tokens.get(key);
  }

  @Benchmark
  public AccessToken handleGet() {
    return handle.get();
  }

  @Benchmark
  public String caffeineGet() {
    return caffeine.get("default");
  }

  @Benchmark
  public String awsGet() {
    return aws.get();
  }

  @Benchmark
  public Map<String, List<String>> googleGet() throws IOException {
    return google.getRequestMetadata(null);
  }

  @Benchmark
  public OAuth2AuthorizedClient springGet() {
    return spring.authorize(request);
  }
}
