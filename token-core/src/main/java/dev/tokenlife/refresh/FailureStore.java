package dev.tokenlife.refresh;

import dev.tokenlife.execution.Executed;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.Failure;
import dev.tokenlife.model.FailureKind;
import dev.tokenlife.model.TokenUnavailableException.Reason;
import dev.tokenlife.plan.Backoff;
import dev.tokenlife.spi.StoreException;
import dev.tokenlife.spi.StoredChain;
import dev.tokenlife.spi.TokenEvent;
import dev.tokenlife.transition.FailFetch;
import dev.tokenlife.transition.FetchAnswer;
import java.time.Duration;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notes a failure: in the row if it must outlive the process, else in memory; then plans again. */
final class FailureStore {
  private static final Logger log = LoggerFactory.getLogger(FailureStore.class);
  private static final int TRIES = 10;
  private static final Duration AGAIN = Duration.ofSeconds(1);

  /** Allowed for the way to the provider when a refresh token is sent again within its grace. */
  private static final long GRACE_MARGIN_MILLIS = 1_000;

  /** Callers without a usable token do not wait out a long backoff; they may ask again by then. */
  private static final long LONGEST_CALLER_WAIT_MILLIS = 5_000;

  private final Attempt attempt;
  private final Landing landing;
  private final Refresher core;
  private final Landing.Sent sent;
  private final SourceFailure failure;
  private final FailureKind kind;
  private int tries;

  FailureStore(Attempt attempt, Landing landing, Landing.Sent sent, SourceFailure failure) {
    this.attempt = attempt;
    this.landing = landing;
    this.core = attempt.core;
    this.sent = sent;
    this.failure = failure;
    this.kind = failure.kind();
  }

  void store() {
    int failures = landing.countFailure();
    long now = core.clock().now();
    Snapshot before = attempt.entry.snapshot;
    boolean lasting = kind == FailureKind.PERMANENT || kind == FailureKind.AMBIGUOUS;
    boolean atOnce = kind == FailureKind.AMBIGUOUS && isWithinGrace(now);
    long notBefore = atOnce ? now : lasting ? lastingUntil(before, failures, now) : 0;
    ChainRow row = lasting || sent.claimId() != null ? write(notBefore) : null;
    if (atOnce && row != null) {
      // The provider still takes the same refresh token: sent again once, for the same waiters.
      attempt.goOn();
      return;
    }
    plan(failures, now, lasting ? notBefore : retryAt(failures, before, now), row);
  }

  /** Returns the row as it is after the note; null if the store did not take it yet. */
  private @Nullable ChainRow write(long notBefore) {
    long generation = sent.row().generation();
    FailFetch fail = new FailFetch(generation, sent.claimId(), kind, notBefore);
    tries++;
    try {
      Executed<FetchAnswer> executed =
          core.rows()
              .executor()
              .execute(attempt.key(), FetchCommand.untilDone(fail::decide, row -> false));
      StoredChain stored = executed.stored();
      landing.ended(executed);
      return stored == null ? null : stored.row();
    } catch (StoreException unavailable) {
      log.warn(
          "Could not note the failure of key={} yet ({}); trying again",
          attempt.key(),
          unavailable.toString());
      if (tries < TRIES) {
        core.chores().later(AGAIN, () -> writeLate(notBefore));
      }
      return null;
    }
  }

  private void writeLate(long notBefore) {
    ChainRow row = write(notBefore);
    if (row != null && kind == FailureKind.PERMANENT && isFirst(row)) {
      tellSignIn(row);
    }
  }

  private void plan(int failures, long now, long retryAt, @Nullable ChainRow row) {
    boolean permanent = kind == FailureKind.PERMANENT;
    long next =
        permanent ? Math.max(retryAt, now + core.settings().slowProbe().toMillis()) : retryAt;
    boolean patient = permanent || kind == FailureKind.AMBIGUOUS || kind == FailureKind.THROTTLED;
    long callersUntil = patient ? retryAt : Math.min(retryAt, now + LONGEST_CALLER_WAIT_MILLIS);
    Trouble trouble =
        new Trouble(Reason.SOURCE_FAILED, kind, failure.message(), failures, callersUntil);
    landing.planAgain(trouble, next);
    log.warn(
        "Token refresh failed key={} trigger={} kind={} nextAttemptInMillis={} reason={}",
        attempt.key(),
        attempt.trigger,
        kind,
        next - now,
        failure.message());
    landing.fail(trouble, failure.cause(), landing.failed(kind, failure.message(), next));
    core.tell(TokenEvent.Type.REFRESH_FAILED, attempt, row, kind, failure.message());
    if ((permanent && row != null && isFirst(row)) || next == Long.MAX_VALUE) {
      tellSignIn(row);
    }
  }

  private void tellSignIn(@Nullable ChainRow row) {
    core.tell(TokenEvent.Type.SIGN_IN_REQUIRED, attempt, row, kind, "somebody must sign in again");
  }

  private boolean isFirst(ChainRow row) {
    Failure kept = row.failure();
    return kept != null
        && kept.kind() == kind
        && kept.count() == 1
        && kept.generation() == sent.row().generation();
  }

  private long retryAt(int failures, Snapshot before, long now) {
    long wait = core.backoffMillis(failures, before);
    Duration asked = failure.retryAfter();
    if (asked != null) {
      Duration bounded =
          asked.compareTo(CoreGuard.LONGEST_WAIT) > 0 ? CoreGuard.LONGEST_WAIT : asked;
      wait = Math.max(wait, bounded.toMillis());
    }
    return now + wait;
  }

  private long lastingUntil(Snapshot before, int failures, long now) {
    if (kind == FailureKind.PERMANENT) {
      SplittableRandom random = new SplittableRandom(core.random().nextLong());
      return now + Backoff.permanentDelay(failures, random);
    }
    return core.settings().resendAfterLostAnswer()
        ? core.afterHardStop(before, failures, now)
        : Long.MAX_VALUE;
  }

  /** Only after the first lost answer: from when a second one dates, nobody can say. */
  private boolean isWithinGrace(long now) {
    Failure known = sent.row().failure();
    boolean first =
        known == null
            || known.kind() != FailureKind.AMBIGUOUS
            || known.generation() != sent.row().generation();
    long until = sent.at() + attempt.source.resendGrace().toMillis() - GRACE_MARGIN_MILLIS;
    return first && core.settings().resendAfterLostAnswer() && now < until;
  }
}
