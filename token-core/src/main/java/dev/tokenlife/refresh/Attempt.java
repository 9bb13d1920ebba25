package dev.tokenlife.refresh;

import dev.tokenlife.execution.Executed;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.Claim;
import dev.tokenlife.model.Failure;
import dev.tokenlife.model.FailureKind;
import dev.tokenlife.model.Secret;
import dev.tokenlife.model.TokenUnavailableException.Reason;
import dev.tokenlife.model.Upstream;
import dev.tokenlife.spi.FetchRequest;
import dev.tokenlife.spi.RefreshOutcome;
import dev.tokenlife.spi.StoreException;
import dev.tokenlife.spi.StoredChain;
import dev.tokenlife.spi.TokenEvent;
import dev.tokenlife.spi.TokenSource;
import dev.tokenlife.spi.Trigger;
import dev.tokenlife.spi.UpstreamGuard.Admission;
import dev.tokenlife.transition.ClaimSource;
import dev.tokenlife.transition.FetchAnswer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One attempt along the refresh path, up to the call of the source: look at the row, ask the guard,
 * claim, call. What the call brings goes on in {@link Landing}.
 */
final class Attempt {
  /** After this much of a claim's life no call is started under it any more. */
  private static final Duration SEND_WITHIN = Duration.ofSeconds(12);

  /** A lease that leaves less than this for a call is as good as lost. */
  private static final Duration SHORTEST_CALL = Duration.ofMillis(100);

  final Entry entry;
  final Flight flight;
  final Trigger trigger;
  final Refresher core;
  final TokenSource source;
  private final Consumer<RefreshOutcome> ended;
  private final Landing landing;

  Attempt(
      Refresher core, Entry entry, Flight flight, Trigger trigger, Consumer<RefreshOutcome> ended) {
    this.core = core;
    this.entry = entry;
    this.flight = flight;
    this.trigger = trigger;
    this.source = core.sources().of(entry.key());
    this.ended = ended;
    this.landing = new Landing(this);
  }

  ChainKey key() {
    return entry.key();
  }

  /** Begins, or goes on after waiting for another process. */
  void start() {
    if (core.isClosed()) {
      landing.gone(Reason.CLOSED);
      return;
    }
    try {
      look();
    } catch (StoreException failure) {
      landing.storeFailed(failure);
    } catch (RuntimeException | Error failure) {
      landing.broken(failure);
    }
  }

  private void look() {
    StoredChain stored = core.rows().readOrOpen(key(), source.upstream());
    long now = core.clock().now();
    Snapshot shown = core.publish(entry, stored, now);
    if (shown.stop() != null) {
      landing.gone(shown.stop());
    } else if (fresh(shown, now)) {
      landing.alreadyFresh(shown);
    } else {
      admit(stored);
    }
  }

  /** A token that nobody asked to replace and that is not due needs no call. */
  private boolean fresh(Snapshot shown, long now) {
    return shown.usable(now) != null
        && now < shown.refreshAt() - flight.aheadMillis()
        && shown.generation() > flight.replaces();
  }

  private void admit(StoredChain stored) {
    Admission admission = core.guard().admit(source.upstream(), trigger);
    if (admission instanceof Admission.Refused refused) {
      landing.refused(refused);
      return;
    }
    boolean called = false;
    try {
      called = claim(stored);
    } finally {
      if (!called) {
        core.guard().release(source.upstream());
      }
    }
  }

  /** Returns whether the source was called, so that the guard will be told the result. */
  private boolean claim(StoredChain stored) {
    ChainRow row = stored.row();
    long beforeClaim = core.time().nanos();
    String claimId = source.exclusive() ? core.rows().executor().randomId() : null;
    Claim claim = claimId == null ? null : new Claim(claimId, core.incarnation(), row.generation());
    ClaimSource command = new ClaimSource(row.generation(), claim);
    Executed<FetchAnswer> executed = core.rows().run(FetchCommand.of(command::decide), stored);
    FetchAnswer answer = executed.answer();
    if (answer instanceof FetchAnswer.Done done) {
      tellResend(row, claim);
      Duration deadline =
          claim == null ? core.settings().callDeadline() : core.claimedCallDeadline();
      if (core.time().nanos() - beforeClaim > SEND_WITHIN.toNanos()
          || deadline.compareTo(SHORTEST_CALL) < 0) {
        landing.notSent(row.generation(), claimId);
        return false;
      }
      call(done.row(), claimId, deadline);
      return true;
    }
    notClaimed(answer);
    return false;
  }

  private void notClaimed(FetchAnswer answer) {
    if (answer instanceof FetchAnswer.ClaimedByOther other) {
      core.claims().await(this, other.row());
    } else if (answer instanceof FetchAnswer.Forbidden forbidden) {
      landing.forbidden(forbidden.row());
    } else if (answer instanceof FetchAnswer.NotActive) {
      landing.gone(Reason.CHAIN_OVER);
    } else {
      landing.again("the row changed meanwhile");
    }
  }

  private void call(ChainRow row, @Nullable String claimId, Duration deadline) {
    Upstream upstream = row.upstream();
    Secret refreshToken =
        upstream == null ? null : core.rows().open(upstream.refreshToken(), key(), Rows.REFRESH);
    FetchRequest request =
        new FetchRequest(
            key(),
            row.generation(),
            Optional.ofNullable(refreshToken),
            upstream == null ? "" : upstream.scopes(),
            deadline);
    long sentAt = core.clock().now();
    long sentNanos = core.time().nanos();
    new SourceCall(
            source,
            request,
            core.time(),
            core.executor(),
            result -> landing.landed(row, claimId, sentAt, sentNanos, result))
        .call();
  }

  private void tellResend(ChainRow row, @Nullable Claim claim) {
    Failure failure = row.failure();
    if (claim != null
        && failure != null
        && failure.kind() == FailureKind.AMBIGUOUS
        && failure.generation() == row.generation()) {
      core.tell(TokenEvent.Type.RESENT, this, row, FailureKind.AMBIGUOUS, "after a lost answer");
    }
  }

  /** Ends the attempt for the engine; the waiters have been answered. */
  void end(RefreshOutcome outcome) {
    ended.accept(outcome);
  }
}
