package dev.tokenlife.examples.fleet.service;

import dev.tokenlife.Tokens;
import dev.tokenlife.TokensBuilder;
import dev.tokenlife.examples.fleet.settings.Tuning;
import dev.tokenlife.memory.MemoryTokenStore;
import dev.tokenlife.scheduler.PriorityEngine;
import dev.tokenlife.scheduler.guard.ResilienceGuard;
import dev.tokenlife.spi.TokenListener;
import dev.tokenlife.time.TimeSource;

/**
 * What an application writes to keep such a fleet fresh.
 *
 * @param tokens the tokens
 * @param guard what says how each provider does
 */
public record Service(Tokens tokens, ResilienceGuard guard) implements AutoCloseable {
  /** More threads than refreshes, so that answers never wait for one that is under way. */
  private static final int SPARE_THREADS = 16;

  /** Starts it for these providers. */
  public static Service start(Sites sites, Tuning tuning, TokenListener listener, TimeSource time) {
    ResilienceGuard guard = ResilienceGuard.create(time, tuning.guard());
    sites.all().forEach(site -> guard.upstream(site.upstream(), site.guard()));
    TokensBuilder tokens = Tokens.builder();
    sites.all().forEach(site -> tokens.source(site.name(), site.source()));
    return new Service(
        tokens
            .engine(PriorityEngine.create(tuning.engine()))
            .store(MemoryTokenStore.create())
            .guard(guard)
            .concurrency(tuning.engine().workers() + SPARE_THREADS)
            .callerDeadline(tuning.callerDeadline())
            .slowProbe(tuning.slowProbe())
            .listener(listener)
            .build(),
        guard);
  }

  /** Returns whether the guard paces the calls to a provider that has come back. */
  public boolean paces(Site site) {
    var state = Figures.map(guard.status().get(site.upstream()));
    return Figures.state(state, false).equals("recovering");
  }

  @Override
  public void close() {
    tokens.close();
    guard.close();
  }
}
