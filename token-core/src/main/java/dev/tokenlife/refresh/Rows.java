package dev.tokenlife.refresh;

import dev.tokenlife.crypto.UpstreamSeals;
import dev.tokenlife.execution.ChainExecutor;
import dev.tokenlife.execution.Executed;
import dev.tokenlife.model.AccessToken;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainKind;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.ChainState;
import dev.tokenlife.model.CurrentToken;
import dev.tokenlife.model.Secret;
import dev.tokenlife.model.TokenUnavailableException.Reason;
import dev.tokenlife.model.Upstream;
import dev.tokenlife.spi.RefreshPolicy.Lifetime;
import dev.tokenlife.spi.SecretSealer;
import dev.tokenlife.spi.StoreException;
import dev.tokenlife.spi.StoredChain;
import dev.tokenlife.time.ProcessClock;
import dev.tokenlife.transition.FetchAnswer;
import dev.tokenlife.transition.OpenFetched;
import org.jspecify.annotations.Nullable;

/** Reads rows of fetched chains and turns them into what readers see. */
final class Rows {
  private final ChainExecutor executor;
  private final SecretSealer sealer;
  private final ProcessClock clock;
  private final Policies policies;
  private final long staleAfterMillis;

  Rows(
      ChainExecutor executor,
      SecretSealer sealer,
      ProcessClock clock,
      Policies policies,
      long staleAfterMillis) {
    this.executor = executor;
    this.sealer = sealer;
    this.clock = clock;
    this.policies = policies;
    this.staleAfterMillis = staleAfterMillis;
  }

  /** Reads a chain, opening it if there is none; losing that race is success. */
  StoredChain readOrOpen(ChainKey key, String upstream) {
    StoredChain stored = executor.store().find(key).orElse(null);
    if (stored == null) {
      OpenFetched open = new OpenFetched(key, upstream, executor.randomId());
      Executed<FetchAnswer> executed = executor.execute(key, FetchCommand.of(open::decide), null);
      stored = executed.stored();
    }
    if (stored == null) {
      throw new StoreException(
          StoreException.Kind.UNAVAILABLE, "key=" + key + " could not be opened: try again");
    }
    if (stored.row().origin().kind() != ChainKind.FETCHED) {
      throw new StoreException(
          StoreException.Kind.REJECTED,
          "key=" + key + " names an issued chain: use Chains, or another partition");
    }
    return stored;
  }

  /** Runs a transition on a row just read. */
  Executed<FetchAnswer> run(FetchCommand command, StoredChain stored) {
    return executor.execute(stored.row().key(), command, stored);
  }

  ChainExecutor executor() {
    return executor;
  }

  String seal(Secret secret, ChainKey key, String field) {
    return sealer.seal(secret, key, field);
  }

  @Nullable Secret open(@Nullable String sealed, ChainKey key, String field) {
    return sealed == null ? null : sealer.open(sealed, key, field);
  }

  /** Returns what readers see of a row read at {@code readAt}. */
  Snapshot snapshot(ChainRow row, Snapshot shown, long readAt) {
    long staleAt = staleAfterMillis == Long.MAX_VALUE ? Long.MAX_VALUE : readAt + staleAfterMillis;
    long softAt =
        staleAfterMillis == Long.MAX_VALUE ? Long.MAX_VALUE : readAt + staleAfterMillis * 2 / 3;
    Reason stop = stop(row);
    AccessToken token = stop == null ? token(row, shown) : null;
    CurrentToken current = row.current();
    if (token == null || current == null) {
      return new Snapshot(
          null, row.control().revision(), row.generation(), 0, 0, 0, 0, staleAt, stop);
    }
    Lifetime lifetime = new Lifetime(current.issuedAt(), current.expiresAt());
    long refreshAt = policies.refreshAt(row, lifetime);
    long serveUntil = policies.serveUntil(lifetime);
    return new Snapshot(
        token,
        row.control().revision(),
        row.generation(),
        current.issuedAt(),
        Math.min(Math.min(refreshAt, serveUntil), softAt),
        refreshAt,
        serveUntil,
        staleAt,
        null);
  }

  /** A generation has one token, unless its row went back: it is not opened twice. */
  private @Nullable AccessToken token(ChainRow row, Snapshot shown) {
    Upstream upstream = row.upstream();
    CurrentToken current = row.current();
    if (upstream == null || current == null || upstream.accessToken() == null) {
      return null;
    }
    AccessToken known = shown.token();
    if (known != null
        && known.generation() == current.generation()
        && known.expiresAtMillis() == current.expiresAt()) {
      return known;
    }
    Secret value = open(upstream.accessToken(), row.key(), UpstreamSeals.ACCESS);
    return value == null
        ? null
        : new AccessToken(
            value,
            upstream.tokenType(),
            upstream.scopes(),
            current.generation(),
            current.expiresAt());
  }

  private @Nullable Reason stop(ChainRow row) {
    if (row.state() == ChainState.SUSPENDED) {
      return Reason.SUSPENDED;
    }
    boolean over = row.state().isFinal() || row.isExpired(clock.now());
    return over ? Reason.CHAIN_OVER : null;
  }
}
