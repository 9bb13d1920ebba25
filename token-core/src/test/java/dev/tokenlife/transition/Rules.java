package dev.tokenlife.transition;

import dev.tokenlife.model.ActorRule;
import dev.tokenlife.model.ChainPolicy;
import dev.tokenlife.model.ChainPolicyBuilder;
import dev.tokenlife.model.ChallengeRule;
import dev.tokenlife.model.ReusePolicy;
import java.time.Duration;

/** The rules that the laws are tried under. */
final class Rules {
  private Rules() {}

  /** Shown 10 s, good 13 s, 3 s of overlap; grace 5 s and 3 uses. */
  static ChainPolicyBuilder screen() {
    return ChainPolicy.screenCode("qr", Duration.ofSeconds(10), Duration.ofSeconds(3))
        .effects(true);
  }

  /** Good 10 s, no overlap. */
  static ChainPolicyBuilder plain() {
    return ChainPolicy.builder("plain", Duration.ofSeconds(10)).effects(true);
  }

  /** Six digits, 30 s, 3 attempts, 5 per seq, locked 5 min after 4 failures. */
  static ChainPolicyBuilder challenged() {
    return screen()
        .challenge(new ChallengeRule(6, Duration.ofSeconds(30), 3, 5, 4, Duration.ofMinutes(5)));
  }

  /** A family of short life: ttl and idle 100 s, absolute 1000 s, grace 20 s and 3 uses. */
  static ChainPolicyBuilder family() {
    return ChainPolicy.builder("family", Duration.ofSeconds(100))
        .actorRule(ActorRule.SELF)
        .idleTimeout(Duration.ofSeconds(100))
        .absoluteLife(Duration.ofSeconds(1000))
        .grace(Duration.ofSeconds(20), 3)
        .reuse(ReusePolicy.revoke());
  }
}
