package dev.tokenlife.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Collects the rules of a chain type; {@link #build} refuses what contradicts itself. */
public final class ChainPolicyBuilder {
  private final String id;
  private final Duration ttl;
  private Duration renewAhead = Duration.ZERO;
  private Duration scanOverlap = Duration.ZERO;
  private ActorRule actorRule = ActorRule.HANDOVER;
  private boolean onceEach;
  private ReusePolicy reuse = ReusePolicy.reject();
  private Duration grace = Duration.ofSeconds(5);
  private int graceUses = 3;
  private @Nullable ChallengeRule challenge;
  private @Nullable Duration absoluteLife;
  private @Nullable Duration idleTimeout;
  private boolean effects;
  private boolean rotation = true;

  ChainPolicyBuilder(String id, Duration ttl) {
    this.id = id;
    this.ttl = ttl;
  }

  /** How long before expiry a poll replaces the token; below half of the ttl. Default 0. */
  public ChainPolicyBuilder renewAhead(Duration value) {
    renewAhead = value;
    return this;
  }

  /** How long a token replaced ahead of time is still accepted. Default 0. */
  public ChainPolicyBuilder scanOverlap(Duration value) {
    scanOverlap = value;
    return this;
  }

  /** Who may consume a token. Default HANDOVER. */
  public ChainPolicyBuilder actorRule(ActorRule value) {
    actorRule = value;
    return this;
  }

  /** Nobody may hold two chains of a partition, ever; holds under races. Default off. */
  public ChainPolicyBuilder onceEach(boolean value) {
    onceEach = value;
    return this;
  }

  /** What a proven second use does. Default: refused, nothing else. */
  public ChainPolicyBuilder reuse(ReusePolicy value) {
    reuse = value;
    return this;
  }

  /** How long and how often the actor of the last hand-over is answered again. Default 5 s, 3. */
  public ChainPolicyBuilder grace(Duration time, int uses) {
    grace = time;
    graceUses = uses;
    return this;
  }

  /** Confirms every hand-over by a code. Default: none. */
  public ChainPolicyBuilder challenge(ChallengeRule value) {
    challenge = value;
    return this;
  }

  /** How long a chain lives at most. Default: no limit. */
  public ChainPolicyBuilder absoluteLife(Duration value) {
    absoluteLife = value;
    return this;
  }

  /** How long a chain lives without use; not shorter than the ttl. Default: no limit. */
  public ChainPolicyBuilder idleTimeout(Duration value) {
    idleTimeout = value;
    return this;
  }

  /**
   * Whether hand-overs leave an effect to be read. Default off: an effect stays in the store until
   * it is acknowledged, so turn it on only if somebody reads them, see {@code Chains.effects()}.
   */
  public ChainPolicyBuilder effects(boolean value) {
    effects = value;
    return this;
  }

  /** Whether a used token of a family is replaced (FAPI 2.0 asks for off). Default on. */
  public ChainPolicyBuilder rotation(boolean value) {
    rotation = value;
    return this;
  }

  /**
   * Returns the rules.
   *
   * @throws IllegalArgumentException naming the setting and its bound
   */
  public ChainPolicy build() {
    return new ChainPolicy(
        id,
        ttl,
        renewAhead,
        scanOverlap,
        actorRule,
        onceEach,
        reuse,
        grace,
        graceUses,
        challenge,
        absoluteLife,
        idleTimeout,
        effects,
        rotation);
  }
}
