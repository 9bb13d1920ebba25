package dev.tokenlife.refresh;

import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.Upstream;
import dev.tokenlife.plan.Load;
import dev.tokenlife.plan.Plan;
import dev.tokenlife.plan.Planner;
import dev.tokenlife.plan.SecondLoad;
import dev.tokenlife.spi.RefreshPolicy;
import dev.tokenlife.spi.RefreshPolicy.Lifetime;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The policy in force. It can be changed while running: plans made before keep their row's time
 * until then, and are made anew, the same on every node, after it.
 */
public final class Policies {
  private final SecondLoad load = new SecondLoad();
  private final boolean serveAfterHardStop;
  private volatile RefreshPolicy policy;
  private volatile boolean changed;

  /** Starts with this policy. */
  public Policies(RefreshPolicy policy, boolean serveAfterHardStop) {
    this.policy = policy;
    this.serveAfterHardStop = serveAfterHardStop;
  }

  /** Returns the policy in force. */
  public RefreshPolicy policy() {
    return policy;
  }

  /** Puts another policy in force. */
  public void change(RefreshPolicy next) {
    policy = next;
    changed = true;
  }

  /** Plans a new token, away from crowded seconds. */
  Plan plan(Lifetime lifetime, long now, @Nullable Duration hint) {
    Plan plan =
        Planner.plan(policy, lifetime, now, hint, load, ThreadLocalRandom.current().nextLong());
    if (plan.armed()) {
      load.add(plan.refreshAt());
    }
    return plan;
  }

  /** Is told that a planned refresh is no longer ahead. */
  void unplan(long refreshAt) {
    load.remove(refreshAt);
  }

  /** Returns when a row's token is due: as its row says, or by the policy changed since. */
  long refreshAt(ChainRow row, Lifetime lifetime) {
    Upstream upstream = row.upstream();
    if (!changed && upstream != null) {
      return upstream.refreshAt();
    }
    long seed = row.key().hashCode() * 31L + row.generation();
    return Planner.plan(policy, lifetime, lifetime.issuedAt(), null, Load.NONE, seed).refreshAt();
  }

  /** Returns until when a token is served; the same before and after a failure. */
  long serveUntil(Lifetime lifetime) {
    return serveAfterHardStop
        ? lifetime.expiresAt()
        : Math.min(policy.serveUntil(lifetime), lifetime.expiresAt());
  }

  /** Returns whether a token is refreshed by itself. */
  boolean armed(Lifetime lifetime) {
    return policy.window(lifetime).armed();
  }
}
