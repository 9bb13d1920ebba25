package dev.tokenlife.refresh;

import dev.tokenlife.execution.Executed;
import dev.tokenlife.model.AccessToken;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.Failure;
import dev.tokenlife.model.FailureKind;
import dev.tokenlife.model.TokenUnavailableException;
import dev.tokenlife.model.TokenUnavailableException.Reason;
import dev.tokenlife.spi.FetchedToken;
import dev.tokenlife.spi.RefreshOutcome;
import dev.tokenlife.spi.StoreException;
import dev.tokenlife.spi.StoredChain;
import dev.tokenlife.spi.TokenEvent;
import dev.tokenlife.spi.UpstreamGuard.Admission;
import dev.tokenlife.transition.FetchAnswer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How an attempt ends: store and publish, or note the failure; then plan, answer, tell. */
final class Landing {
  private static final Logger log = LoggerFactory.getLogger(Landing.class);
  private static final long AGAIN_MILLIS = 500;

  private final Attempt attempt;
  private final Refresher core;
  private final Entry entry;

  Landing(Attempt attempt) {
    this.attempt = attempt;
    this.core = attempt.core;
    this.entry = attempt.entry;
  }

  /** The source was called. */
  void landed(
      ChainRow row,
      @Nullable String claimId,
      long sentAt,
      long sentNanos,
      SourceCall.Result result) {
    Duration took = Duration.ofNanos(core.time().nanos() - sentNanos);
    SourceFailure failure = SourceFailure.of(result, attempt.source.exclusive());
    FetchedToken token = result.token();
    if (token != null) {
      failure = Arrival.flaw(token, row, sentAt, entry.snapshot, core.clock().now());
    }
    if (!result.late()) {
      core.guard()
          .report(
              attempt.source.upstream(),
              took,
              failure == null ? null : failure.kind(),
              failure == null ? null : failure.retryAfter());
    }
    boolean store = token != null && (failure == null || token.refreshToken() != null);
    if (token != null && store) {
      new ResultStore(attempt, this, row, claimId, sentAt, token, failure, result.late()).store();
    } else if (failure != null && !result.late()) {
      new FailureStore(attempt, this, row, claimId, failure).store();
    }
  }

  /** A new token is durable. */
  void stored(StoredChain stored, FetchedToken token, boolean late) {
    entry.trouble = null;
    Snapshot shown = core.publish(entry, stored, core.clock().now());
    ChainRow row = stored.row();
    core.planned(entry, shown);
    log.info(
        "{} key={} trigger={} generation={} expiresAt={}",
        attempt.trigger == dev.tokenlife.spi.Trigger.CALLER
            ? "Created new token on-demand"
            : "Token refreshed",
        attempt.key(),
        attempt.trigger,
        row.generation(),
        row.current() == null ? 0 : row.current().expiresAt());
    AccessToken usable = shown.usable(core.clock().now());
    if (!late) {
      answer(usable, new RefreshOutcome.Refreshed(row.generation(), expiresAt(row)));
    }
    core.tell(TokenEvent.Type.REFRESHED, attempt, row, null, late ? "a late answer" : "");
  }

  /** The row was fresh already. */
  void alreadyFresh(Snapshot shown) {
    entry.trouble = null;
    core.planned(entry, shown);
    answer(shown.usable(core.clock().now()), new RefreshOutcome.AlreadyFresh(shown.generation()));
  }

  /** The chain yields nothing. */
  void gone(Reason reason) {
    core.forget(entry);
    fail(
        new Trouble(reason, null, "the chain is " + reason, 0, 0),
        null,
        new RefreshOutcome.Gone(reason.name()));
  }

  /** The upstream may not be called now. */
  void refused(Admission.Refused refused) {
    long retryAt = core.clock().now() + Math.max(1, refused.retryAfter().toMillis());
    Trouble trouble =
        new Trouble(Reason.GUARD_CLOSED, refused.kind(), refused.reason(), failures(), retryAt);
    planAgain(trouble, retryAt);
    fail(trouble, null, new RefreshOutcome.Refused(refused.retryAfter(), refused.reason()));
  }

  /** A failure kept in the row forbids a call for now. */
  void forbidden(ChainRow row) {
    Failure failure = row.failure();
    long notBefore = failure == null ? core.clock().now() : failure.notBefore();
    FailureKind kind = failure == null ? FailureKind.TRANSIENT : failure.kind();
    Trouble trouble =
        new Trouble(Reason.SOURCE_FAILED, kind, "failed before", failures(), notBefore);
    planAgain(trouble, notBefore);
    fail(trouble, null, failed(kind, "failed before", notBefore));
  }

  /** The claim took so long that its call would outlive it: nothing was sent. */
  void notSent(long generation, @Nullable String claimId) {
    SourceFailure failure =
        new SourceFailure(
            FailureKind.TRANSIENT, "the store was too slow to call safely", null, null);
    new FailureStore(attempt, this, generation, claimId, failure).store();
  }

  /** The store failed before anything was sent. */
  void storeFailed(StoreException failure) {
    log.warn(
        "Token refresh failed key={} trigger={} kind=STORE_UNAVAILABLE",
        attempt.key(),
        attempt.trigger,
        failure);
    long retryAt = core.clock().now() + core.backoffMillis(failures() + 1, entry.snapshot);
    Trouble trouble =
        new Trouble(Reason.STORE_UNAVAILABLE, null, text(failure), failures() + 1, retryAt);
    planAgain(trouble, retryAt);
    fail(trouble, failure, failed(FailureKind.TRANSIENT, "store unavailable", retryAt));
  }

  /** Something unforeseen; the chain of refreshes goes on. */
  void broken(Throwable failure) {
    log.error("Token refresh failed key={} trigger={}", attempt.key(), attempt.trigger, failure);
    long retryAt = core.clock().now() + core.backoffMillis(failures() + 1, entry.snapshot);
    Trouble trouble =
        new Trouble(
            Reason.SOURCE_FAILED,
            FailureKind.TRANSIENT,
            "unexpected " + failure.getClass().getSimpleName(),
            failures() + 1,
            retryAt);
    planAgain(trouble, retryAt);
    fail(trouble, failure, failed(FailureKind.TRANSIENT, trouble.message(), retryAt));
  }

  /** Looks again in a moment; the waiters go on waiting. */
  void again(String why) {
    log.debug("Looking again key={}: {}", attempt.key(), why);
    core.later(Duration.ofMillis(AGAIN_MILLIS), attempt::start);
  }

  int failures() {
    Trouble trouble = entry.trouble;
    return trouble == null ? 0 : trouble.failures();
  }

  void planAgain(Trouble trouble, long at) {
    entry.trouble = trouble;
    core.plannedAgain(entry, at, trouble.failures());
  }

  RefreshOutcome failed(FailureKind kind, String message, long retryAt) {
    Duration retryAfter = Duration.ofMillis(Math.max(0, retryAt - core.clock().now()));
    return new RefreshOutcome.Failed(kind, message, retryAfter);
  }

  /** Answers the waiters with the failure, then ends the attempt. */
  void fail(Trouble trouble, @Nullable Throwable cause, RefreshOutcome outcome) {
    TokenUnavailableException error = core.error(entry, trouble, cause);
    entry.landed(attempt.flight);
    attempt.flight.result().completeExceptionally(error);
    attempt.end(outcome);
  }

  private void answer(@Nullable AccessToken token, RefreshOutcome outcome) {
    if (token == null) {
      fail(
          new Trouble(Reason.TOO_SHORT, null, "the new token is too short-lived to serve", 0, 0),
          null,
          outcome);
      return;
    }
    entry.landed(attempt.flight);
    attempt.flight.result().complete(token);
    attempt.end(outcome);
  }

  void ended(Executed<FetchAnswer> executed) {
    StoredChain stored = executed.stored();
    if (stored != null) {
      core.publish(entry, stored, core.clock().now());
    }
  }

  private static long expiresAt(ChainRow row) {
    return row.current() == null ? 0 : row.current().expiresAt();
  }

  private static String text(StoreException failure) {
    String message = failure.getMessage();
    return message == null ? failure.kind().name() : message;
  }
}
