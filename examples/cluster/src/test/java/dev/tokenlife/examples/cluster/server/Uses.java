package dev.tokenlife.examples.cluster.server;

import dev.tokenlife.examples.cluster.server.Use.Verdict;

/** Makes a record of uses at given times, for tests. */
public final class Uses {
  private final Ledger ledger = new Ledger();
  private final RefreshToken token = new RefreshToken("g-00001", 1, 0, 0, 80_000_000_000L);

  public Ledger ledger() {
    return ledger;
  }

  /** The token is used first, and answered; never, if that is at 0. */
  public Use first(String node, long arrived, long answered) {
    Use use = new Use(token, node, Verdict.ACCEPTED, null, arrived);
    if (answered != 0) {
      use.answered(answered);
    }
    ledger.add(use);
    return use;
  }

  /** It is used again. */
  public Use again(Use first, String node, long arrived) {
    Use use = new Use(token, node, Verdict.REUSED, first, arrived);
    ledger.add(use);
    return use;
  }
}
