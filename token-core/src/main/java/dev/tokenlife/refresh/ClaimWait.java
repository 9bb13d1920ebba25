package dev.tokenlife.refresh;

import dev.tokenlife.execution.Executed;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.Claim;
import dev.tokenlife.model.CurrentToken;
import dev.tokenlife.model.FailureKind;
import dev.tokenlife.spi.RefreshPolicy.Lifetime;
import dev.tokenlife.spi.TokenEvent;
import dev.tokenlife.transition.AbandonClaim;
import dev.tokenlife.transition.FetchAnswer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Waits for another process that has announced a call. Its claim may be taken over once this
 * process has itself watched the same claim for 30 s on its own ticker, or knows that its owner is
 * dead; clocks of two processes are never compared.
 */
final class ClaimWait {
  static final Duration WATCH = Duration.ofSeconds(30);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

  private final Refresher core;
  private final Map<ChainKey, Seen> seen = new ConcurrentHashMap<>();

  /** A claim and when this process first saw it, on the ticker. */
  private record Seen(String claimId, long nanos) {}

  ClaimWait(Refresher core) {
    this.core = core;
  }

  /** Looks again in a moment; takes the claim over when it has been watched long enough. */
  void await(Attempt attempt, ChainRow row) {
    Claim claim = row.claim();
    if (claim == null) {
      core.later(LOOK_AGAIN, attempt::start);
      return;
    }
    long now = core.time().nanos();
    Seen first =
        seen.compute(
            attempt.key(),
            (key, known) ->
                known != null && known.claimId().equals(claim.claimId())
                    ? known
                    : new Seen(claim.claimId(), now));
    boolean watched = now - first.nanos() >= WATCH.toNanos();
    if (watched || core.isDead(claim.owner())) {
      abandon(attempt, row, claim);
    }
    core.later(LOOK_AGAIN, attempt::start);
  }

  /** Forgets what was watched for a chain that is no longer waited for. */
  void forget(ChainKey key) {
    seen.remove(key);
  }

  private void abandon(Attempt attempt, ChainRow row, Claim claim) {
    seen.remove(attempt.key());
    long now = core.clock().now();
    boolean inGrace = attempt.source.resendGrace().compareTo(WATCH.plusSeconds(10)) > 0;
    long notBefore =
        inGrace
            ? now
            : core.settings().resendAfterLostAnswer() ? hardStop(row, now) : Long.MAX_VALUE;
    AbandonClaim abandon = new AbandonClaim(claim.claimId(), notBefore);
    Executed<FetchAnswer> executed =
        core.rows().executor().execute(attempt.key(), FetchCommand.of(abandon::decide));
    if (executed.wrote() && executed.answer() instanceof FetchAnswer.Done done) {
      core.tell(
          TokenEvent.Type.CLAIM_ABANDONED,
          attempt,
          done.row(),
          FailureKind.AMBIGUOUS,
          "its owner is gone; the refresh token may be spent");
    }
  }

  private long hardStop(ChainRow row, long now) {
    CurrentToken current = row.current();
    if (current == null) {
      return now;
    }
    Lifetime lifetime = new Lifetime(current.issuedAt(), current.expiresAt());
    return Math.max(now, core.policies().serveUntil(lifetime));
  }
}
