package dev.tokenlife.refresh;

import dev.tokenlife.crypto.UpstreamSeals;
import dev.tokenlife.execution.Executed;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.Secret;
import dev.tokenlife.model.TokenUnavailableException.Reason;
import dev.tokenlife.model.Upstream;
import dev.tokenlife.plan.Plan;
import dev.tokenlife.plan.Usage;
import dev.tokenlife.spi.FetchedToken;
import dev.tokenlife.spi.RefreshPolicy.Lifetime;
import dev.tokenlife.spi.StoreException;
import dev.tokenlife.spi.StoredChain;
import dev.tokenlife.transition.FetchAnswer;
import dev.tokenlife.transition.NewTokens;
import dev.tokenlife.transition.StoreFetched;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores what the source gave before anybody sees it. A result that holds a new refresh token is
 * kept and tried again for as long as this process lives and the chain is not over; any other is
 * worth a few tries.
 */
final class ResultStore {
  private static final Logger log = LoggerFactory.getLogger(ResultStore.class);
  private static final int TRIES = 3;
  private static final long FIRST_WAIT_MILLIS = 100;
  private static final long LONGEST_WAIT_MILLIS = 5_000;

  private final Attempt attempt;
  private final Landing landing;
  private final Landing.Sent sent;
  private final FetchedToken token;
  private final @Nullable SourceFailure flaw;
  private final boolean late;
  private final FetchCommand command;
  private final NewTokens sealed;
  private int tries;

  ResultStore(
      Attempt attempt,
      Landing landing,
      Landing.Sent sent,
      FetchedToken token,
      @Nullable SourceFailure flaw,
      boolean late) {
    this.attempt = attempt;
    this.landing = landing;
    this.sent = sent;
    this.token = token;
    this.flaw = flaw;
    this.late = late;
    this.sealed = seal(attempt, token, sent.at());
    StoreFetched store = new StoreFetched(sent.row().generation(), sent.claimId(), sealed, 0);
    this.command = FetchCommand.untilDone(store::decide, this::holdsMine);
  }

  void store() {
    tries++;
    Executed<FetchAnswer> executed;
    try {
      executed = attempt.core.rows().executor().execute(attempt.key(), command);
    } catch (RuntimeException failure) {
      notStored(failure);
      return;
    }
    FetchAnswer answer = executed.answer();
    StoredChain stored = executed.stored();
    if (answer instanceof FetchAnswer.Done && stored != null) {
      done(stored);
    } else if (answer instanceof FetchAnswer.ClaimedByOther) {
      later("another process holds a claim", null);
    } else if (answer instanceof FetchAnswer.Busy) {
      later("the store did not settle", null);
    } else {
      discarded(executed, answer);
    }
  }

  private void done(StoredChain stored) {
    if (flaw != null && !late) {
      attempt.core.publish(attempt.entry, stored, attempt.core.clock().now());
      Landing.Sent ended = new Landing.Sent(stored.row(), null, sent.at(), sent.nanos());
      new FailureStore(attempt, landing, ended, flaw).store();
      return;
    }
    landing.stored(stored, token, late);
  }

  private void notStored(RuntimeException failure) {
    boolean precious = token.refreshToken() != null || sent.claimId() != null;
    if (precious || tries < TRIES) {
      later("the store failed", failure);
    } else if (failure instanceof StoreException known && !late) {
      landing.storeFailed(known);
    } else {
      landing.broken(failure);
    }
  }

  private void later(String why, @Nullable RuntimeException failure) {
    long wait = Math.min(LONGEST_WAIT_MILLIS, FIRST_WAIT_MILLIS << Math.min(6, tries - 1));
    log.warn(
        "Could not store the token of key={} yet ({}); again in {} ms",
        attempt.key(),
        failure == null ? why : failure.toString(),
        wait);
    attempt.core.chores().later(Duration.ofMillis(wait), this::again);
  }

  private void again() {
    try {
      store();
    } catch (RuntimeException | Error failure) {
      landing.broken(failure);
    }
  }

  /** The chain is over, or somebody signed in meanwhile: what came is of no use to it. */
  private void discarded(Executed<FetchAnswer> executed, FetchAnswer answer) {
    landing.ended(executed);
    if (!late) {
      if (answer instanceof FetchAnswer.Moved) {
        attempt.goOn();
      } else {
        landing.gone(Reason.CHAIN_OVER);
      }
    }
    Secret refreshToken = token.refreshToken();
    if (refreshToken != null && !(answer instanceof FetchAnswer.Moved)) {
      attempt.core.calls().orHere(() -> revoke(refreshToken));
    }
  }

  /** After everybody was answered, since it may take as long as a call. */
  private void revoke(Secret refreshToken) {
    Refresher core = attempt.core;
    Duration deadline = core.settings().callDeadline();
    try (Overdue overdue = new Overdue(core.time(), deadline, core.workers(), () -> {})) {
      String failed = revoked(refreshToken);
      boolean unused = overdue.returned();
      if (failed != null) {
        log.warn(
            "Could not revoke the refresh token of key={}, whose chain is over: {}",
            attempt.key(),
            failed);
      }
    }
  }

  private @Nullable String revoked(Secret refreshToken) {
    try {
      attempt.source.revoke(refreshToken);
      return null;
    } catch (Exception | Error failure) {
      return failure.getClass().getName();
    }
  }

  private boolean holdsMine(ChainRow now) {
    Upstream upstream = now.upstream();
    return upstream != null
        && sealed.accessToken() != null
        && sealed.accessToken().equals(upstream.accessToken());
  }

  private static NewTokens seal(Attempt attempt, FetchedToken token, long sentAt) {
    Refresher core = attempt.core;
    ChainKey key = attempt.key();
    Lifetime lifetime = new Lifetime(sentAt, token.expiresAt(sentAt));
    long now = core.clock().now();
    Usage usage = core.uses().of(attempt.entry, now);
    Plan plan = core.policies().plan(lifetime, now, token.refreshIn(), usage);
    Secret refresh = token.refreshToken();
    return new NewTokens(
        core.rows().seal(token.accessToken(), key, UpstreamSeals.ACCESS),
        refresh == null ? null : core.rows().seal(refresh, key, UpstreamSeals.REFRESH),
        token.type(),
        token.scopes(),
        attributes(core, key, token.attributes()),
        sentAt,
        lifetime.expiresAt(),
        plan.refreshAt());
  }

  private static @Nullable String attributes(
      Refresher core, ChainKey key, Map<String, String> attributes) {
    return attributes.isEmpty()
        ? null
        : core.rows().seal(Attributes.write(attributes), key, UpstreamSeals.ATTRIBUTES);
  }
}
