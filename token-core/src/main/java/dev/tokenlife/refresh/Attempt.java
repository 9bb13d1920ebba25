package dev.tokenlife.refresh;

import dev.tokenlife.crypto.UpstreamSeals;
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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One attempt along the refresh path, up to the call of the source: look at the row, ask the guard,
 * claim, call. What the call brings goes on in {@link Landing}.
 */
final class Attempt {
  /** After this much of a claim's life no call is started under it any more. */
  private static final Duration SEND_WITHIN = Duration.ofSeconds(11);

  /**
   * A lease that leaves less than this for a call is as good as lost until its next heartbeat: a
   * call that is cut short may have spent its refresh token.
   */
  private static final Duration SHORTEST_CALL = Duration.ofSeconds(2);

  /** How many moments to wait for a lease before giving up. */
  private static final int LEASE_WAITS = 40;

  final Entry entry;
  final Flight flight;
  final Trigger trigger;
  final Refresher core;
  final TokenSource source;
  private final Consumer<RefreshOutcome> ended;
  private final Landing landing;
  private final AtomicBoolean over = new AtomicBoolean();
  private int leaseWaits;
  private int lostRaces;

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

  /** Begins again where sources are called, whatever thread this is. */
  void goOn() {
    core.calls().orHere(this::start);
  }

  private void look() {
    Snapshot known = entry.snapshot;
    StoredChain stored = core.rows().readOrOpen(key(), source.upstream());
    Snapshot shown = LostWrites.publish(core, entry, known, stored);
    long now = core.clock().now();
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
        && flight.aheadMillis() < shown.refreshAt() - now
        && shown.generation() > flight.replaces(shown.generation());
  }

  private void admit(StoredChain stored) {
    String upstream = source.upstream();
    Admission admission = core.guard().admit(upstream, trigger);
    if (admission instanceof Admission.Refused refused) {
      landing.refused(refused);
      return;
    }
    boolean called = false;
    try {
      called = claim(stored);
    } finally {
      if (!called) {
        core.guard().release(upstream);
      }
    }
  }

  /** Returns whether the source was called, so that the guard is told the result. */
  private boolean claim(StoredChain stored) {
    ChainRow row = stored.row();
    // Opened before anything is announced: without its key there is nothing to send.
    FetchRequest request = request(row);
    if (!source.exclusive()) {
      return send(null, request, core.rows().run(command(row, null), stored));
    }
    return hasLease() && announce(stored, request);
  }

  /** Writes the claim, and calls only if nobody can have given this process up meanwhile. */
  private boolean announce(StoredChain stored, FetchRequest request) {
    ChainRow row = stored.row();
    String claimId = core.rows().executor().randomId();
    long before = core.time().nanos();
    Claim claim = new Claim(claimId, core.peers().incarnation(), row.generation());
    Executed<FetchAnswer> executed;
    try {
      executed = core.rows().run(command(row, claim), stored);
    } catch (StoreException failure) {
      if (failure.kind() == StoreException.Kind.UNKNOWN) {
        landing.notSent(row, claimId, "the store did not confirm the claim");
        return false;
      }
      throw failure;
    }
    boolean late = core.time().nanos() - before > SEND_WITHIN.toNanos() || !leased();
    if (late && executed.answer() instanceof FetchAnswer.Done) {
      landing.notSent(row, claimId, "the store was too slow to call safely");
      return false;
    }
    return send(claimId, request, executed);
  }

  private boolean send(
      @Nullable String claimId, FetchRequest asked, Executed<FetchAnswer> executed) {
    FetchAnswer answer = executed.answer();
    if (!(answer instanceof FetchAnswer.Done done)) {
      notClaimed(answer);
      return false;
    }
    Duration deadline =
        claimId == null ? core.settings().callDeadline() : core.peers().claimedCallDeadline();
    FetchRequest request =
        new FetchRequest(
            asked.key(), asked.generation(), asked.refreshToken(), asked.scopes(), deadline);
    if (claimId != null) {
      tellResend(done.row());
    }
    Landing.Sent sent =
        new Landing.Sent(done.row(), claimId, core.clock().now(), core.time().nanos());
    new SourceCall(core, source, request, result -> landing.land(sent, result)).call();
    return true;
  }

  private void notClaimed(FetchAnswer answer) {
    if (answer instanceof FetchAnswer.ClaimedByOther other) {
      core.claims().await(this, other.row());
    } else if (answer instanceof FetchAnswer.Forbidden forbidden) {
      landing.forbidden(forbidden.row());
    } else if (answer instanceof FetchAnswer.NotActive) {
      landing.gone(Reason.CHAIN_OVER);
    } else if (answer instanceof FetchAnswer.Moved && lostRaces++ == 0) {
      start();
    } else {
      core.claims().lookAgain(this);
    }
  }

  private FetchRequest request(ChainRow row) {
    Upstream upstream = row.upstream();
    Secret refreshToken =
        upstream == null
            ? null
            : core.rows().open(upstream.refreshToken(), key(), UpstreamSeals.REFRESH);
    return new FetchRequest(
        key(),
        row.generation(),
        Optional.ofNullable(refreshToken),
        upstream == null ? "" : upstream.scopes(),
        core.settings().callDeadline());
  }

  private static FetchCommand command(ChainRow row, @Nullable Claim claim) {
    return FetchCommand.of(new ClaimSource(row.generation(), claim)::decide);
  }

  private boolean leased() {
    Duration most = core.settings().callDeadline();
    Duration shortest = most.compareTo(SHORTEST_CALL) < 0 ? most : SHORTEST_CALL;
    return core.peers().claimedCallDeadline().compareTo(shortest) >= 0;
  }

  /** A process that just joined, or was silent for too long, waits until it is a member again. */
  private boolean hasLease() {
    if (leased()) {
      return true;
    }
    if (++leaseWaits > LEASE_WAITS) {
      landing.storeFailed(
          new StoreException(
              StoreException.Kind.UNAVAILABLE, "this process could not confirm its lease"));
    } else {
      core.claims().lookAgain(this);
    }
    return false;
  }

  private void tellResend(ChainRow row) {
    Failure failure = row.failure();
    if (failure != null
        && failure.kind() == FailureKind.AMBIGUOUS
        && failure.generation() == row.generation()) {
      core.tell(TokenEvent.Type.RESENT, this, row, FailureKind.AMBIGUOUS, "after a lost answer");
    }
  }

  /** Ends the attempt for the engine; the waiters have been answered. Only the first end counts. */
  void end(RefreshOutcome outcome) {
    if (over.compareAndSet(false, true)) {
      ended.accept(outcome);
    }
  }

  /** Returns whether the attempt has ended. */
  boolean isOver() {
    return over.get();
  }
}
