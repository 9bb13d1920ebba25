package dev.tokenlife;

import dev.tokenlife.refresh.Replanning;
import dev.tokenlife.spi.RefreshPolicy;

/** What can be read and changed while running. Safe for use by many threads. */
public final class TokensConfig {
  private final Replanning replanning;

  TokensConfig(Replanning replanning) {
    this.replanning = replanning;
  }

  /** Returns the policy in force. */
  public RefreshPolicy policy() {
    return replanning.policy();
  }

  /** Puts another policy in force; everything that is armed is armed again by it. */
  public void policy(RefreshPolicy policy) {
    replanning.change(policy);
  }
}
