package dev.tokenlife.refresh;

import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.Upstream;
import dev.tokenlife.plan.Circumstances;
import dev.tokenlife.plan.Load;
import dev.tokenlife.plan.Plan;
import dev.tokenlife.plan.Planner;
import dev.tokenlife.plan.SecondLoad;
import dev.tokenlife.plan.Usage;
import dev.tokenlife.spi.RefreshPolicy;
import dev.tokenlife.spi.RefreshPolicy.Lifetime;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The policy in force. It can be changed while running: plans made before keep their row's time
 * until then, and are made anew, the same on every node, after it.
 */
public final class Policies {
  private final SecondLoad load = new SecondLoad();
  private final boolean serveAfterHardStop;
  private final RandomGenerator random;
  private volatile SafePolicy policy;
  private volatile long changedAt;

  /** Starts with this policy; {@code random} spreads what it plans. */
  public Policies(RefreshPolicy policy, boolean serveAfterHardStop, RandomGenerator random) {
    this.policy = new SafePolicy(policy);
    this.serveAfterHardStop = serveAfterHardStop;
    this.random = random;
  }

  /** Returns the policy in force. */
  public RefreshPolicy policy() {
    return policy.policy();
  }

  /** Puts another policy in force at this time, epoch milliseconds. */
  void change(RefreshPolicy next, long now) {
    policy = new SafePolicy(next);
    changedAt = now;
  }

  /** Plans a token anew, the same on every node. */
  Plan replan(Lifetime lifetime, long seed) {
    return Planner.plan(policy, lifetime, lifetime.issuedAt(), null, Load.NONE, seed);
  }

  /** Plans a new token, away from crowded seconds. */
  Plan plan(Lifetime lifetime, long now, @Nullable Duration hint, Usage usage) {
    Circumstances around = new Circumstances(load, usage, random.nextLong());
    Plan plan = Planner.plan(policy, lifetime, now, hint, around);
    if (plan.armed()) {
      load.add(plan.refreshAt());
    }
    return plan;
  }

  /** Returns when a row's token is due: as its row says, or by the policy changed since. */
  long refreshAt(ChainRow row, Lifetime lifetime) {
    Upstream upstream = row.upstream();
    // Of one millisecond nobody can say which policy planned: the one in force plans again.
    if (upstream != null && lifetime.issuedAt() > changedAt) {
      return upstream.refreshAt();
    }
    long seed = row.key().hashCode() * 31L + row.generation();
    return replan(lifetime, seed).refreshAt();
  }

  /** Returns until when a planned refresh may be put off: the end of its window. */
  long refreshBy(Lifetime lifetime) {
    return Math.min(policy.window(lifetime).latest(), serveUntil(lifetime) - 1);
  }

  /** Returns until when a token is served; the same before and after a failure. */
  long serveUntil(Lifetime lifetime) {
    return serveAfterHardStop
        ? lifetime.expiresAt()
        : Math.min(policy.serveUntil(lifetime), lifetime.expiresAt());
  }
}
