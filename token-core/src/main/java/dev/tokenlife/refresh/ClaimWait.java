package dev.tokenlife.refresh;

import dev.tokenlife.execution.Executed;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.Claim;
import dev.tokenlife.model.CurrentToken;
import dev.tokenlife.model.Failure;
import dev.tokenlife.model.FailureKind;
import dev.tokenlife.spi.RefreshPolicy.Lifetime;
import dev.tokenlife.spi.TokenEvent;
import dev.tokenlife.transition.AbandonClaim;
import dev.tokenlife.transition.FetchAnswer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Waits for another process that has announced a call. Its claim may be taken over once this
 * process has itself watched the same claim for 30 s on its own ticker, or knows that its owner is
 * dead; clocks of two processes are never compared.
 */
final class ClaimWait {
  static final Duration WATCH = Duration.ofSeconds(30);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

  /** Allowed for the skew of clocks and for the way to the provider. */
  private static final Duration MARGIN = Duration.ofSeconds(10);

  private final Refresher core;
  private final Map<ChainKey, Seen> seen = new ConcurrentHashMap<>();
  private final Set<Attempt> waiting = ConcurrentHashMap.newKeySet();

  /** A claim and when this process first saw it, on the ticker. */
  private record Seen(String claimId, long nanos) {}

  ClaimWait(Refresher core) {
    this.core = core;
  }

  /** Looks again in a moment; takes the claim over when it has been watched long enough. */
  void await(Attempt attempt, ChainRow row) {
    Claim claim = row.claim();
    if (claim != null) {
      long now = core.time().nanos();
      Seen first = seen.compute(attempt.key(), (key, known) -> seen(known, claim, now));
      Duration watched = Duration.ofNanos(now - first.nanos());
      if (watched.compareTo(WATCH) >= 0 || core.peers().isDead(claim.owner())) {
        abandon(attempt, row, claim, watched);
        seen.remove(attempt.key());
      }
    }
    lookAgain(attempt);
  }

  /** Goes on with an attempt in a moment. */
  void lookAgain(Attempt attempt) {
    waiting.add(attempt);
    core.calls().later(LOOK_AGAIN, () -> goOn(attempt));
    if (core.isClosed()) {
      goOn(attempt);
    }
  }

  /** Forgets what was watched for a chain that is no longer waited for. */
  void forget(ChainKey key) {
    seen.remove(key);
  }

  /** Goes on with everything at once: it will find the instance closed. */
  void close() {
    waiting.forEach(this::goOn);
  }

  private void goOn(Attempt attempt) {
    if (waiting.remove(attempt)) {
      attempt.start();
    }
  }

  private static Seen seen(@Nullable Seen known, Claim claim, long now) {
    return known != null && known.claimId().equals(claim.claimId())
        ? known
        : new Seen(claim.claimId(), now);
  }

  private void abandon(Attempt attempt, ChainRow row, Claim claim, Duration watched) {
    long notBefore = mayResendAt(attempt, row, watched);
    AbandonClaim abandon = new AbandonClaim(claim.claimId(), notBefore);
    Executed<FetchAnswer> executed =
        core.rows().executor().execute(attempt.key(), FetchCommand.of(abandon::decide));
    if (executed.wrote() && executed.answer() instanceof FetchAnswer.Done done) {
      tell(attempt, done.row(), TokenEvent.Type.CLAIM_ABANDONED, "its owner is gone");
      if (notBefore == Long.MAX_VALUE) {
        tell(attempt, done.row(), TokenEvent.Type.SIGN_IN_REQUIRED, "its answer was lost");
      }
    }
  }

  private void tell(Attempt attempt, ChainRow row, TokenEvent.Type type, String detail) {
    core.tell(
        type, attempt, row, FailureKind.AMBIGUOUS, detail + "; the refresh token may be spent");
  }

  private long mayResendAt(Attempt attempt, ChainRow row, Duration watched) {
    long now = core.clock().now();
    if (!core.settings().resendAfterLostAnswer()) {
      return Long.MAX_VALUE;
    }
    Failure failure = row.failure();
    boolean first = failure == null || failure.generation() != row.generation();
    Duration written = Duration.ofMillis(now - row.control().lastAt());
    Duration age = (written.compareTo(watched) > 0 ? written : watched).plus(MARGIN);
    boolean inGrace = first && age.compareTo(attempt.source.resendGrace()) < 0;
    return inGrace ? now : hardStop(row, now);
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
