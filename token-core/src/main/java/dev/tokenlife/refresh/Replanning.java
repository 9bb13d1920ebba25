package dev.tokenlife.refresh;

import dev.tokenlife.model.AccessToken;
import dev.tokenlife.plan.Load;
import dev.tokenlife.plan.Plan;
import dev.tokenlife.plan.Planner;
import dev.tokenlife.spi.RefreshPolicy;
import dev.tokenlife.spi.RefreshPolicy.Lifetime;

/** Puts another policy in force while everything runs. */
public final class Replanning {
  private final Refresher core;

  /** Changes the policy of this refresh path. */
  public Replanning(Refresher core) {
    this.core = core;
  }

  /** Returns the policy in force. */
  public RefreshPolicy policy() {
    return core.policies().policy();
  }

  /** Replaces it, and arms every watched chain anew. */
  public void change(RefreshPolicy policy) {
    core.policies().change(policy);
    core.entries().all().forEach(this::replan);
  }

  private void replan(Entry entry) {
    while (true) {
      Snapshot shown = entry.snapshot;
      AccessToken token = shown.token();
      if (token == null) {
        return;
      }
      Lifetime lifetime = new Lifetime(shown.issuedAt(), token.expiresAtMillis());
      long seed = entry.key().hashCode() * 31L + shown.generation();
      Plan plan = Planner.plan(policy(), lifetime, lifetime.issuedAt(), null, Load.NONE, seed);
      Snapshot next = shown.planned(plan.refreshAt(), core.policies().serveUntil(lifetime));
      if (entry.replace(shown, next)) {
        core.planned(entry, next);
        return;
      }
    }
  }
}
