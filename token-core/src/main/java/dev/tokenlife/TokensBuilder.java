package dev.tokenlife;

import dev.tokenlife.crypto.KeyRing;
import dev.tokenlife.crypto.RingSealer;
import dev.tokenlife.execution.ChainExecutor;
import dev.tokenlife.execution.Listeners;
import dev.tokenlife.execution.Workers;
import dev.tokenlife.refresh.CoreGuard;
import dev.tokenlife.refresh.Crew;
import dev.tokenlife.refresh.Policies;
import dev.tokenlife.refresh.Refresher;
import dev.tokenlife.refresh.Settings;
import dev.tokenlife.refresh.Sources;
import dev.tokenlife.reseal.ResealPass;
import dev.tokenlife.sharing.LeaseTimes;
import dev.tokenlife.sharing.Sharing;
import dev.tokenlife.spi.RefreshEngine;
import dev.tokenlife.spi.RefreshPolicy;
import dev.tokenlife.spi.TokenListener;
import dev.tokenlife.spi.TokenSource;
import dev.tokenlife.spi.TokenStore;
import dev.tokenlife.spi.UpstreamGuard;
import dev.tokenlife.spi.UsageRules;
import dev.tokenlife.time.ProcessClock;
import dev.tokenlife.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Describes how tokens are obtained. {@link #build} refuses what is missing and says the next step.
 */
public final class TokensBuilder {
  private static final Duration LONGEST_CALL = Duration.ofSeconds(15);

  private final Map<String, TokenSource> sources = new LinkedHashMap<>();
  private final List<TokenListener> listeners = new ArrayList<>();
  private @Nullable TokenSource everywhere;
  private @Nullable RefreshEngine engine;
  private @Nullable TokenStore store;
  private @Nullable KeyRing keys;
  private @Nullable UpstreamGuard guard;
  private RefreshPolicy policy = RefreshPolicy.adaptive();
  private TimeSource time = TimeSource.system();
  private @Nullable Executor executor;
  private int concurrency = 64;
  private Duration callDeadline = Settings.DEFAULT.callDeadline();
  private Duration callerDeadline = Settings.DEFAULT.callerDeadline();
  private Duration maxStaleness = Settings.DEFAULT.maxStaleness();
  private boolean serveWhileStoreDown = Settings.DEFAULT.serveWhileStoreDown();
  private boolean serveAfterHardStop = Settings.DEFAULT.serveAfterHardStop();
  private Duration slowProbe = Settings.DEFAULT.slowProbe();
  private boolean resend = Settings.DEFAULT.resendAfterLostAnswer();
  private @Nullable String label;
  private LeaseTimes leaseTimes = LeaseTimes.DEFAULT;
  private RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
  private int maxChains = Settings.DEFAULT.maxChains();
  private UsageRules usage = Settings.DEFAULT.usage();

  TokensBuilder() {}

  /** The upstream of every partition that has none of its own. */
  public TokensBuilder source(TokenSource value) {
    everywhere = value;
    return this;
  }

  /** The upstream of one partition. */
  public TokensBuilder source(String partition, TokenSource value) {
    sources.put(partition, value);
    return this;
  }

  /** When refreshes start, and on which thread. Required. */
  public TokensBuilder engine(RefreshEngine value) {
    engine = value;
    return this;
  }

  /** Where chains are kept. Required. */
  public TokensBuilder store(TokenStore value) {
    store = value;
    return this;
  }

  /** The keys that seal secrets at rest. Required unless the store dies with this process. */
  public TokensBuilder keys(KeyRing value) {
    keys = value;
    return this;
  }

  /**
   * When tokens are due and until when they are served. Default: {@link RefreshPolicy#adaptive}.
   */
  public TokensBuilder policy(RefreshPolicy value) {
    policy = value;
    return this;
  }

  /** Whether an upstream may be called now. Default: Retry-After, backoff, configuration stops. */
  public TokensBuilder guard(UpstreamGuard value) {
    guard = value;
    return this;
  }

  /** Who is told what happens; may be called more than once. */
  public TokensBuilder listener(TokenListener value) {
    listeners.add(value);
    return this;
  }

  /** The time to live by. Default: the machine's. */
  public TokensBuilder time(TimeSource value) {
    time = value;
    return this;
  }

  /**
   * Where sources are called and everything else of this instance runs. Default: up to {@link
   * #concurrency} own daemon threads. In shared mode it must not keep a heartbeat waiting for as
   * long as a third of a lease.
   */
  public TokensBuilder executor(Executor value) {
    executor = value;
    return this;
  }

  /** How many sources are called at a time, on own threads. Default 64. */
  public TokensBuilder concurrency(int value) {
    concurrency = value;
    return this;
  }

  /** How long one call to a source may take, body included; at most 15 s. Default 10 s. */
  public TokensBuilder callDeadline(Duration value) {
    callDeadline = value;
    return this;
  }

  /** How long a caller without a usable token waits. Default 30 s. */
  public TokensBuilder callerDeadline(Duration value) {
    callerDeadline = value;
    return this;
  }

  /** How long a row of a shared store is believed without reading it again. Default 30 s. */
  public TokensBuilder maxStaleness(Duration value) {
    maxStaleness = value;
    return this;
  }

  /** Whether usable tokens are served past that while the store is down. Default yes. */
  public TokensBuilder serveWhileStoreDown(boolean value) {
    serveWhileStoreDown = value;
    return this;
  }

  /** Whether the old token is served to its very expiry if its refresh fails. Default no. */
  public TokensBuilder serveAfterHardStop(boolean value) {
    serveAfterHardStop = value;
    return this;
  }

  /** How long until a grant that failed for good is tried again by itself. Default 1 h. */
  public TokensBuilder slowProbe(Duration value) {
    slowProbe = value;
    return this;
  }

  /** Whether a single-use refresh token is ever sent again after a lost answer. Default yes. */
  public TokensBuilder resendAfterLostAnswer(boolean value) {
    resend = value;
    return this;
  }

  /**
   * Where the spread of refreshes and the jitter of retries come from; no secret ever does. Must be
   * safe for use by many threads. Default: the JVM's. A seeded one makes a simulation repeatable.
   */
  public TokensBuilder random(RandomGenerator value) {
    random = value;
    return this;
  }

  /** How many chains this process keeps in memory. Default 2 million. */
  public TokensBuilder maxChains(int value) {
    maxChains = value;
    return this;
  }

  /**
   * How the way chains are read has a say in when they are refreshed. Default: {@link
   * UsageRules#OFF}; {@link UsageRules#DEFAULT} is a good beginning. With {@link #sharedAs} nothing
   * is known of readers in other processes, so that every chain counts as read.
   */
  public TokensBuilder usage(UsageRules value) {
    usage = value;
    return this;
  }

  /**
   * Divides the background work with other processes on the same store: each refreshes by itself
   * only the chains of the shards it owns, and takes over the shards of a process that is gone.
   *
   * @param processLabel names this process to people, e.g. its host name
   */
  public TokensBuilder sharedAs(String processLabel) {
    label = processLabel;
    return this;
  }

  /**
   * How fast ownership moves. Default: a heartbeat every 3 s, dead after 15 s without one.
   *
   * @throws IllegalArgumentException if the lease is shorter than three heartbeats
   */
  public TokensBuilder leases(Duration heartbeat, Duration lease) {
    leaseTimes =
        new LeaseTimes(heartbeat, lease, LeaseTimes.DEFAULT.scan(), LeaseTimes.DEFAULT.lookAhead());
    return this;
  }

  /**
   * Returns the instance, with its engine started.
   *
   * @throws IllegalStateException naming what is missing and the next step
   */
  public Tokens build() {
    TokenStore kept =
        need(store, "a store: add .store(MemoryTokenStore.create()) from token-store-memory");
    RefreshEngine driving = need(engine, "an engine: add .engine(PullEngine.create())");
    if (everywhere == null && sources.isEmpty()) {
      throw new IllegalStateException(
          "Tokens need a source: add .source(OAuth2Source.clientCredentials(...)) or"
              + " .source(TokenSource.of(request -> ...))");
    }
    if (callDeadline.isNegative()
        || callDeadline.isZero()
        || callDeadline.compareTo(LONGEST_CALL) > 0) {
      throw new IllegalStateException(
          "callDeadline is "
              + callDeadline
              + ": it must be positive and at most "
              + LONGEST_CALL
              + ", so that a claim outlives its call");
    }
    refuseNonsense();
    if (label != null && keys == null) {
      throw new IllegalStateException(
          "processes that share work open each other's secrets: add .keys(...) with the same keys"
              + " in each of them");
    }
    Settings settings =
        new Settings(
            callDeadline,
            callerDeadline,
            maxStaleness,
            serveWhileStoreDown,
            serveAfterHardStop,
            slowProbe,
            resend,
            maxChains,
            usage);
    KeyRing ring = ChainsBuilder.keysFor(kept, keys);
    ProcessClock clock = new ProcessClock(time);
    ChainExecutor chains = new ChainExecutor(kept, clock);
    Crew crew = executor == null ? Crew.own(concurrency) : Crew.of(executor);
    Refresher core =
        new Refresher(
            new Refresher.Parts(
                chains,
                new Sources(everywhere, sources),
                settings,
                new Policies(policy, serveAfterHardStop, random),
                clock,
                crew,
                guard == null ? new CoreGuard(time) : guard,
                driving,
                new Listeners(listeners),
                new RingSealer(ring),
                random,
                sharing(kept, chains, clock, crew)));
    core.start();
    return new Tokens(
        core, callerDeadline, ring, perSecond -> new ResealPass(chains, ring, time, perSecond));
  }

  private void refuseNonsense() {
    positive("concurrency", concurrency > 0, concurrency);
    positive("maxChains", maxChains > 0, maxChains);
    positive("callerDeadline", callerDeadline.compareTo(Duration.ZERO) > 0, callerDeadline);
    positive("maxStaleness", maxStaleness.compareTo(Duration.ZERO) > 0, maxStaleness);
    positive("slowProbe", slowProbe.compareTo(Duration.ZERO) > 0, slowProbe);
  }

  private static void positive(String setting, boolean positive, Object value) {
    if (!positive) {
      throw new IllegalStateException(setting + " is " + value + ": it must be positive");
    }
  }

  private @Nullable Sharing sharing(
      TokenStore kept, ChainExecutor chains, ProcessClock clock, Crew crew) {
    if (label == null) {
      return null;
    }
    // A heartbeat must not wait behind calls of slow sources.
    Workers heart = executor == null ? Workers.start("tokenlife-lease", 1) : crew.chores();
    return new Sharing(kept, clock, heart, crew.chores(), leaseTimes, label, chains::randomId);
  }

  private static <T> T need(@Nullable T part, String what) {
    if (part == null) {
      throw new IllegalStateException("Tokens need " + what);
    }
    return part;
  }
}
