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
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notes a failure: in the row if it must outlive the process, else in memory; then plans again. */
final class FailureStore {
  private static final Logger log = LoggerFactory.getLogger(FailureStore.class);
  private static final int CLAIM_TRIES = 10;
  private static final Duration AGAIN = Duration.ofSeconds(1);

  /** Callers without a usable token do not wait out a long backoff; they may ask again by then. */
  private static final long LONGEST_CALLER_WAIT_MILLIS = 5_000;

  private final Attempt attempt;
  private final Landing landing;
  private final Refresher core;
  private final long generation;
  private final @Nullable String claimId;
  private final SourceFailure failure;
  private int tries;

  FailureStore(
      Attempt attempt,
      Landing landing,
      ChainRow row,
      @Nullable String claimId,
      SourceFailure failure) {
    this(attempt, landing, row.generation(), claimId, failure);
  }

  FailureStore(
      Attempt attempt,
      Landing landing,
      long generation,
      @Nullable String claimId,
      SourceFailure failure) {
    this.attempt = attempt;
    this.landing = landing;
    this.core = attempt.core;
    this.generation = generation;
    this.claimId = claimId;
    this.failure = failure;
  }

  void store() {
    int failures = landing.failures() + 1;
    long now = core.clock().now();
    Snapshot before = attempt.entry.snapshot;
    boolean lasting =
        failure.kind() == FailureKind.PERMANENT || failure.kind() == FailureKind.AMBIGUOUS;
    long notBefore = lasting ? lastingUntil(before, failures, now) : 0;
    ChainRow row = null;
    if (lasting || claimId != null) {
      row = write(notBefore);
    }
    if (failure.kind() == FailureKind.AMBIGUOUS && notBefore == now && row != null) {
      resendAtOnce(failures, now);
      return;
    }
    plan(failures, now, lasting ? notBefore : retryAt(failures, before, now), row);
  }

  /** The provider still takes the same refresh token: sent again once, for the same waiters. */
  private void resendAtOnce(int failures, long now) {
    attempt.entry.trouble =
        new Trouble(Reason.SOURCE_FAILED, failure.kind(), failure.message(), failures, now);
    attempt.start();
  }

  private @Nullable ChainRow write(long notBefore) {
    FailFetch fail = new FailFetch(generation, claimId, failure.kind(), notBefore);
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
      log.warn("Could not note the failure of key={}; trying again", attempt.key(), unavailable);
      if (tries < CLAIM_TRIES) {
        core.later(AGAIN, () -> write(notBefore));
      }
      return null;
    }
  }

  private void plan(int failures, long now, long retryAt, @Nullable ChainRow row) {
    boolean permanent = failure.kind() == FailureKind.PERMANENT;
    long next =
        permanent ? Math.max(retryAt, now + core.settings().slowProbe().toMillis()) : retryAt;
    boolean patient =
        permanent
            || failure.kind() == FailureKind.AMBIGUOUS
            || failure.kind() == FailureKind.THROTTLED;
    long callersUntil = patient ? retryAt : Math.min(retryAt, now + LONGEST_CALLER_WAIT_MILLIS);
    Trouble trouble =
        new Trouble(
            Reason.SOURCE_FAILED, failure.kind(), failure.message(), failures, callersUntil);
    landing.planAgain(trouble, next);
    log.warn(
        "Token refresh failed key={} trigger={} kind={} nextAttemptInMillis={} reason={}",
        attempt.key(),
        attempt.trigger,
        failure.kind(),
        next - now,
        failure.message());
    landing.fail(trouble, failure.cause(), landing.failed(failure.kind(), failure.message(), next));
    core.tell(TokenEvent.Type.REFRESH_FAILED, attempt, row, failure.kind(), failure.message());
    Failure kept = row == null ? null : row.failure();
    boolean first = kept != null && kept.count() == 1 && kept.generation() == generation;
    if ((permanent && first) || next == Long.MAX_VALUE) {
      core.tell(
          TokenEvent.Type.SIGN_IN_REQUIRED,
          attempt,
          row,
          failure.kind(),
          "somebody must sign in again");
    }
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
    if (failure.kind() == FailureKind.PERMANENT) {
      SplittableRandom random = new SplittableRandom(ThreadLocalRandom.current().nextLong());
      return now + Backoff.permanentDelay(failures, random);
    }
    if (!core.settings().resendAfterLostAnswer()) {
      return Long.MAX_VALUE;
    }
    boolean withinGrace = !attempt.source.resendGrace().isZero() && failures == 1;
    return withinGrace ? now : core.afterHardStop(before, failures, now);
  }
}
