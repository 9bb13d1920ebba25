package dev.tokenlife.refresh;

import dev.tokenlife.model.AccessToken;
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
    core.policies().change(policy, core.clock().now());
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
      long refreshAt = core.policies().replan(lifetime, seed).refreshAt();
      Snapshot next = shown.planned(refreshAt, core.policies().serveUntil(lifetime));
      if (entry.replace(shown, next)) {
        // A retry keeps its time: the policy says when tokens are due, not how to back off.
        if (entry.trouble == null) {
          core.plans().made(entry, next);
        }
        return;
      }
    }
  }
}
