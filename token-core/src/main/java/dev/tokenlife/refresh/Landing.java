package dev.tokenlife.refresh;

import dev.tokenlife.execution.Executed;
import dev.tokenlife.model.AccessToken;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.Failure;
import dev.tokenlife.model.FailureKind;
import dev.tokenlife.model.TokenUnavailableException;
import dev.tokenlife.model.TokenUnavailableException.Reason;
import dev.tokenlife.model.TokenlifeException;
import dev.tokenlife.spi.FetchedToken;
import dev.tokenlife.spi.RefreshOutcome;
import dev.tokenlife.spi.StoreException;
import dev.tokenlife.spi.StoredChain;
import dev.tokenlife.spi.TokenEvent;
import dev.tokenlife.spi.Trigger;
import dev.tokenlife.spi.UpstreamGuard.Admission;
import dev.tokenlife.transition.FetchAnswer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How an attempt ends: store and publish, or note the failure; then plan, answer, tell. */
final class Landing {
  private static final Logger log = LoggerFactory.getLogger(Landing.class);
  private static final long LONGEST_SPREAD_MILLIS = 10_000;

  private final Attempt attempt;
  private final Refresher core;
  private final Entry entry;

  /** How many attempts had failed in a row when this one began, and then with its own. */
  private int failures;

  /** A call as it was made. */
  record Sent(ChainRow row, @Nullable String claimId, long at, long nanos) {}

  Landing(Attempt attempt) {
    this.attempt = attempt;
    this.core = attempt.core;
    this.entry = attempt.entry;
    Trouble trouble = entry.trouble;
    this.failures = trouble == null ? 0 : trouble.failures();
  }

  /** The source was called. Whatever goes wrong here, the attempt ends. */
  void land(Sent sent, SourceCall.Result result) {
    try {
      landed(sent, result);
    } catch (RuntimeException | Error failure) {
      broken(failure);
    }
  }

  private void landed(Sent sent, SourceCall.Result result) {
    SourceFailure failure = SourceFailure.of(result, attempt.source.exclusive());
    if (!result.late()) {
      report(sent, failure);
    }
    FetchedToken token = result.token();
    if (token != null) {
      failure = new Arrival(core, entry).flaw(token, sent);
    }
    boolean store = token != null && (failure == null || token.refreshToken() != null);
    if (token != null && store) {
      new ResultStore(attempt, this, sent, token, failure, result.late()).store();
    } else if (failure != null && !result.late()) {
      new FailureStore(attempt, this, sent, failure).store();
    }
  }

  /** An answer that is of no use is an answer all the same: the upstream works. */
  private void report(Sent sent, @Nullable SourceFailure failure) {
    Duration took = Duration.ofNanos(core.time().nanos() - sent.nanos());
    core.guard()
        .report(
            attempt.source.upstream(),
            took,
            failure == null ? null : failure.kind(),
            failure == null ? null : failure.retryAfter());
  }

  /** A new token is durable. */
  void stored(StoredChain stored, FetchedToken token, boolean late) {
    entry.trouble = null;
    Snapshot shown = core.publish(entry, stored, core.clock().now());
    ChainRow row = stored.row();
    core.plans().made(entry, shown);
    log.info(
        "{} key={} trigger={} generation={} expiresAt={}",
        attempt.trigger == Trigger.CALLER ? "Created new token on-demand" : "Token refreshed",
        attempt.key(),
        attempt.trigger,
        row.generation(),
        row.current() == null ? 0 : row.current().expiresAt());
    if (!late && isRejectedAlready(shown, row)) {
      attempt.goOn();
    } else if (!late) {
      answer(shown, new RefreshOutcome.Refreshed(row.generation(), expiresAt(row)));
    }
    core.tell(TokenEvent.Type.REFRESHED, attempt, row, null, late ? "a late answer" : "");
  }

  /** The row was fresh already. */
  void alreadyFresh(Snapshot shown) {
    entry.trouble = null;
    core.plans().made(entry, shown);
    answer(shown, new RefreshOutcome.AlreadyFresh(shown.generation()));
  }

  /** The chain yields nothing. */
  void gone(Reason reason) {
    core.plans().forget(entry);
    fail(
        new Trouble(reason, null, "the chain is " + reason, 0, 0),
        null,
        new RefreshOutcome.Gone(reason.name()));
  }

  /** The upstream may not be called now. Its chains do not come back all at once. */
  void refused(Admission.Refused refused) {
    long wait = Math.max(1, refused.retryAfter().toMillis());
    long retryAt = core.clock().now() + wait;
    Trouble trouble =
        new Trouble(Reason.GUARD_CLOSED, refused.kind(), refused.reason(), failures, retryAt);
    long spread = Math.min(wait, LONGEST_SPREAD_MILLIS);
    planAgain(trouble, retryAt + core.random().nextLong(spread + 1));
    fail(trouble, null, new RefreshOutcome.Refused(refused.retryAfter(), refused.reason()));
  }

  /** A failure kept in the row forbids a call for now. */
  void forbidden(ChainRow row) {
    Failure failure = row.failure();
    long notBefore = failure == null ? core.clock().now() : failure.notBefore();
    FailureKind kind = failure == null ? FailureKind.TRANSIENT : failure.kind();
    int count = failure == null ? failures : Math.max(failures, failure.count());
    Trouble trouble = new Trouble(Reason.SOURCE_FAILED, kind, "failed before", count, notBefore);
    planAgain(trouble, notBefore);
    fail(trouble, null, failed(kind, "failed before", notBefore));
  }

  /** A claim was or may have been written, but nothing was sent under it. */
  void notSent(ChainRow row, String claimId, String why) {
    SourceFailure failure = new SourceFailure(FailureKind.TRANSIENT, why, null, null);
    Sent sent = new Sent(row, claimId, core.clock().now(), core.time().nanos());
    new FailureStore(attempt, this, sent, failure).store();
  }

  /** The store failed before anything was sent. */
  void storeFailed(StoreException failure) {
    log.debug("The store failed key={}", attempt.key(), failure);
    retryLater(Reason.STORE_UNAVAILABLE, null, text(failure), failure);
  }

  /** Something unforeseen; the chain of refreshes goes on. */
  void broken(Throwable failure) {
    // Messages of others may hold secrets; our own do not.
    String message =
        failure instanceof TokenlifeException
            ? String.valueOf(failure.getMessage())
            : "unexpected " + failure.getClass().getSimpleName();
    log.error("Something unforeseen key={}; it is tried again", attempt.key(), failure);
    retryLater(Reason.SOURCE_FAILED, FailureKind.TRANSIENT, message, failure);
  }

  private void retryLater(
      Reason reason, @Nullable FailureKind kind, String message, Throwable failure) {
    if (attempt.isOver()) {
      return;
    }
    failures++;
    long wait = core.backoffMillis(failures, entry.snapshot);
    long retryAt = core.clock().now() + wait;
    log.warn(
        "Token refresh failed key={} trigger={} kind={} nextAttemptInMillis={} reason={}",
        attempt.key(),
        attempt.trigger,
        reason == Reason.STORE_UNAVAILABLE ? reason : kind,
        wait,
        message);
    Trouble trouble = new Trouble(reason, kind, message, failures, retryAt);
    planAgain(trouble, retryAt);
    fail(trouble, failure, failed(FailureKind.TRANSIENT, message, retryAt));
  }

  /** Counts one more failure in a row, and returns how many that makes. */
  int countFailure() {
    return ++failures;
  }

  void planAgain(Trouble trouble, long at) {
    entry.trouble = trouble;
    core.plans().again(entry, at, trouble.failures());
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

  /** Somebody who read the row before we did found the token rejected: the waiters need another. */
  private static boolean isRejectedAlready(Snapshot shown, ChainRow stored) {
    boolean newer = shown.revision() > stored.control().revision();
    return newer && shown.stop() == null && shown.token() == null;
  }

  private void answer(Snapshot shown, RefreshOutcome outcome) {
    AccessToken token = shown.usable(core.clock().now());
    if (token == null) {
      Reason reason = shown.stop() == null ? Reason.TOO_SHORT : shown.stop();
      fail(new Trouble(reason, null, "the new token is not served", 0, 0), null, outcome);
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
