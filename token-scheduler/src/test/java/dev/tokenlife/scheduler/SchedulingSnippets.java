package dev.tokenlife.scheduler;

import dev.tokenlife.Tokens;
import dev.tokenlife.spi.RefreshPolicy;
import dev.tokenlife.spi.TokenSource;
import dev.tokenlife.spi.TokenStore;
import java.time.Instant;

/** The code of docs/scheduling.md, compiled. */
final class SchedulingSnippets {
  private SchedulingSnippets() {}

  static Tokens scheduled(TokenSource source, TokenStore store) {
    Tokens tokens =
        Tokens.builder()
            .source(source)
            .engine(ScheduledEngine.create())
            .store(store)
            .policy(RefreshPolicy.adaptive())
            .build();
    return tokens;
  }

  static void named(ScheduledEngine engine, Instant expiresAt) {
    engine.schedule("price list", expiresAt, () -> loadPrices());
  }

  private static Instant loadPrices() {
    return Instant.MAX;
  }
}
