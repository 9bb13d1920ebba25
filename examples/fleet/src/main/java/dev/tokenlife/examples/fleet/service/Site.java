package dev.tokenlife.examples.fleet.service;

import dev.tokenlife.examples.fleet.providers.Provider;
import dev.tokenlife.examples.fleet.providers.ProviderSettings;
import dev.tokenlife.examples.fleet.record.RunClock;
import dev.tokenlife.examples.fleet.settings.Scenario;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.Secret;
import dev.tokenlife.oauth2.OAuth2Source;
import dev.tokenlife.scheduler.guard.GuardSettings;
import java.io.IOException;

/**
 * A provider and the source that gets its tokens.
 *
 * @param provider the provider
 * @param source the source
 * @param guard how its guard treats it
 */
public record Site(Provider provider, TimedSource source, GuardSettings guard)
    implements AutoCloseable {
  private static final String CLIENT = "fleet";

  /** Opens a provider with such a limit, guarded like this. */
  public static Site open(
      String name, Scenario scenario, int limit, GuardSettings guard, RunClock clock)
      throws IOException {
    ProviderSettings settings =
        new ProviderSettings(scenario.lifetime(), scenario.latency(), limit);
    Provider provider = Provider.open(name, settings, clock);
    OAuth2Source source =
        OAuth2Source.refreshToken(provider.tokenUri(), CLIENT, () -> Secret.of("of-this-example"))
            .singleUse()
            .allowHttpOnLoopback();
    return new Site(provider, new TimedSource(source, clock.time()), guard);
  }

  /** Returns its name, which is the partition of its chains too. */
  public String name() {
    return provider.name();
  }

  /** Returns what the guard and the queue know it by. */
  public String upstream() {
    return source.upstream();
  }

  /** Returns the grant of one user. */
  public ChainKey key(int user) {
    return ChainKey.of(name(), "user-" + user);
  }

  @Override
  public void close() {
    provider.close();
  }
}
