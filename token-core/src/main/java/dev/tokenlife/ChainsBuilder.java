package dev.tokenlife;

import dev.tokenlife.crypto.KeyRing;
import dev.tokenlife.execution.ChainExecutor;
import dev.tokenlife.execution.Listeners;
import dev.tokenlife.execution.Workers;
import dev.tokenlife.issuing.Administration;
import dev.tokenlife.issuing.Challenges;
import dev.tokenlife.issuing.EligibilityDesk;
import dev.tokenlife.issuing.HandOvers;
import dev.tokenlife.issuing.Inspections;
import dev.tokenlife.issuing.Issuer;
import dev.tokenlife.issuing.Openings;
import dev.tokenlife.issuing.Polls;
import dev.tokenlife.issuing.Subscriptions;
import dev.tokenlife.model.ActorRule;
import dev.tokenlife.model.ChainPolicy;
import dev.tokenlife.reseal.ResealPass;
import dev.tokenlife.spi.Eligibility;
import dev.tokenlife.spi.TokenListener;
import dev.tokenlife.spi.TokenStore;
import dev.tokenlife.time.ProcessClock;
import dev.tokenlife.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Describes an issuer. {@link #build} refuses what is missing and says the next step. */
public final class ChainsBuilder {
  private static final Logger log = LoggerFactory.getLogger(ChainsBuilder.class);
  private static final Duration LONG_SHOWN = Duration.ofSeconds(20);

  private final Map<String, ChainPolicy> policies = new LinkedHashMap<>();
  private final List<TokenListener> listeners = new ArrayList<>();
  private @Nullable TokenStore store;
  private @Nullable KeyRing keys;
  private @Nullable Eligibility eligibility;
  private Duration eligibilityDeadline = Duration.ofSeconds(2);
  private TimeSource time = TimeSource.system();
  private @Nullable Executor executor;

  ChainsBuilder() {}

  /** Where chains are kept. Required. */
  public ChainsBuilder store(TokenStore value) {
    store = value;
    return this;
  }

  /** The rules of one type of chain. At least one is required. */
  public ChainsBuilder type(String name, ChainPolicy policy) {
    if (policies.putIfAbsent(name, policy) != null) {
      throw new IllegalArgumentException("the type '" + name + "' has rules already");
    }
    return this;
  }

  /** The keys to mint with. Required unless the store lives and dies with this process. */
  public ChainsBuilder keys(KeyRing value) {
    keys = value;
    return this;
  }

  /** Who may take a chain over. Default: everybody the actor rule allows. */
  public ChainsBuilder eligibility(Eligibility value) {
    eligibility = value;
    return this;
  }

  /** How long that question may take before it counts as a no. Default 2 s. */
  public ChainsBuilder eligibilityDeadline(Duration value) {
    eligibilityDeadline = value;
    return this;
  }

  /** Who is told what happens; may be called more than once. */
  public ChainsBuilder listener(TokenListener value) {
    listeners.add(value);
    return this;
  }

  /** The time to live by. Default: the machine's. */
  public ChainsBuilder time(TimeSource value) {
    time = value;
    return this;
  }

  /** Where pushes and questions run. Default: own daemon threads, none while idle. */
  public ChainsBuilder executor(Executor value) {
    executor = value;
    return this;
  }

  /**
   * Returns the issuer.
   *
   * @throws IllegalStateException naming what is missing and the next step
   */
  public Chains build() {
    TokenStore kept = store;
    if (kept == null) {
      throw new IllegalStateException(
          "Chains need a store: add .store(MemoryTokenStore.create()) from token-store-memory, or"
              + " another TokenStore");
    }
    if (policies.isEmpty()) {
      throw new IllegalStateException(
          "Chains need at least one type: add .type(\"ENTRY\", ChainPolicy.screenCode(...).build())");
    }
    policies.forEach(ChainsBuilder::warnOfLongShown);
    KeyRing ring = keysFor(kept, keys);
    return new Chains(parts(kept, ring));
  }

  private Parts parts(TokenStore kept, KeyRing ring) {
    Workers pushes = workers("tokenlife-issuer");
    Workers questions = workers("tokenlife-eligibility");
    ProcessClock clock = new ProcessClock(time);
    ChainExecutor executing = new ChainExecutor(kept, clock);
    Issuer issuer = new Issuer(executing, policies, ring, clock, new Listeners(listeners));
    EligibilityDesk desk =
        new EligibilityDesk(eligibility, questions.executor(), eligibilityDeadline);
    Polls polls = new Polls(issuer);
    HandOvers handOvers = new HandOvers(issuer, desk);
    return new Parts(
        kept,
        ring,
        List.of(pushes, questions),
        new Openings(issuer),
        new Inspections(issuer),
        polls,
        handOvers,
        new Challenges(issuer, desk, handOvers),
        new Administration(issuer),
        new Subscriptions(issuer, polls, pushes.executor()),
        policies.values().stream().anyMatch(ChainPolicy::effects),
        perSecond -> new ResealPass(executing, ring, time, perSecond));
  }

  /** Questions have threads of their own: one that hangs for good delays no push. */
  private Workers workers(String name) {
    return executor == null ? Workers.start(name, 8) : Workers.of(executor);
  }

  static KeyRing keysFor(TokenStore store, @Nullable KeyRing given) {
    if (given == null && store.processLocal()) {
      log.info("No keys were given: one was generated, good for this process and its store only");
      return KeyRing.generate();
    }
    if (given == null || (given.isGenerated() && !store.processLocal())) {
      throw new IllegalStateException(
          "a store that outlives this process needs keys of its own: make one with `openssl rand"
              + " -base64 32` or KeyRing.newKey(), keep it where secrets are kept, and add"
              + " .keys(KeyRing.load(KeySources.environment(\"TOKENLIFE_KEYS\")))");
    }
    return given;
  }

  private static void warnOfLongShown(String type, ChainPolicy policy) {
    boolean handed = policy.actorRule() == ActorRule.HANDOVER;
    if (handed && policy.ttl().compareTo(LONG_SHOWN) > 0 && policy.renewAhead().isZero()) {
      log.warn(
          "Tokens of type={} are shown for ttl={}: a photo of one is good that long; consider a"
              + " shorter ttl or renewAhead",
          type,
          policy.ttl());
    }
  }

  /** What an issuer is made of. */
  record Parts(
      TokenStore store,
      KeyRing keys,
      List<Workers> workers,
      Openings openings,
      Inspections inspections,
      Polls polls,
      HandOvers handOvers,
      Challenges challenges,
      Administration administration,
      Subscriptions subscriptions,
      boolean leavesEffects,
      IntFunction<ResealPass> reseal) {}
}
