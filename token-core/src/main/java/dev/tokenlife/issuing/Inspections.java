package dev.tokenlife.issuing;

import dev.tokenlife.crypto.PresentedToken;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.ChainState;
import dev.tokenlife.model.ChainView;
import dev.tokenlife.model.CurrentToken;
import dev.tokenlife.model.TokenInspection;
import dev.tokenlife.spi.StoredChain;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks at presented tokens without changing anything. */
public final class Inspections {
  private final Issuer issuer;

  /** Looks at tokens of this issuer. */
  public Inspections(Issuer issuer) {
    this.issuer = issuer;
  }

  /** Returns what a token is worth; empty unless its tag verifies. */
  public Optional<TokenInspection> inspect(String partition, @Nullable String text) {
    Optional<PresentedToken> parsed = issuer.tokens().parse(text);
    if (parsed.isEmpty() || partition.isEmpty()) {
      return Optional.empty();
    }
    PresentedToken token = parsed.get();
    Optional<StoredChain> stored = issuer.executor().store().find(token.key(partition));
    return stored
        .map(StoredChain::row)
        .filter(row -> issuer.tokens().verify(token, row))
        .map(row -> inspection(token, row));
  }

  private TokenInspection inspection(PresentedToken token, ChainRow row) {
    long now = issuer.clock().now();
    CurrentToken current = row.current();
    boolean active =
        row.state() == ChainState.ACTIVE
            && !row.isExpired(now)
            && current != null
            && current.generation() == token.generation()
            && now < current.expiresAt();
    return new TokenInspection(
        ChainView.of(row, now),
        active,
        token.generation(),
        Instant.ofEpochMilli(token.issuedAt()),
        Instant.ofEpochMilli(current == null ? now : current.expiresAt()));
  }
}
