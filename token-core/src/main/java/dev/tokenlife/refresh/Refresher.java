package dev.tokenlife.refresh;

import dev.tokenlife.execution.ChainExecutor;
import dev.tokenlife.execution.Listeners;
import dev.tokenlife.execution.Workers;
import dev.tokenlife.model.AccessToken;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.CurrentToken;
import dev.tokenlife.model.FailureKind;
import dev.tokenlife.model.TokenUnavailableException;
import dev.tokenlife.model.TokenUnavailableException.Reason;
import dev.tokenlife.plan.Backoff;
import dev.tokenlife.sharing.Sharing;
import dev.tokenlife.spi.RefreshEngine;
import dev.tokenlife.spi.RefreshOutcome;
import dev.tokenlife.spi.SecretSealer;
import dev.tokenlife.spi.StoredChain;
import dev.tokenlife.spi.TokenEvent;
import dev.tokenlife.spi.Trigger;
import dev.tokenlife.spi.UpstreamGuard;
import dev.tokenlife.time.ProcessClock;
import dev.tokenlife.time.TimeSource;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The one refresh path of an instance: its parts, and how an attempt begins. */
public final class Refresher {
  static final String CLOSED = "this Tokens instance was closed; build another";

  private final Sources sources;
  private final Settings settings;
  private final Policies policies;
  private final ProcessClock clock;
  private final Crew crew;
  private final TaskRunner calls;
  private final TaskRunner chores;
  private final TaskRunner answers;
  private final UpstreamGuard guard;
  private final RefreshEngine engine;
  private final Listeners listeners;
  private final RandomGenerator random;
  private final Rows rows;
  private final Entries entries;
  private final Uses uses;
  private final Plans plans;
  private final ClaimWait claims;
  private final Peers peers;
  private final InFlight running = new InFlight();
  private final AtomicReference<@Nullable Long> lastPass = new AtomicReference<>();
  private volatile boolean closed;

  /** The parts an instance is put together from. */
  public record Parts(
      ChainExecutor executor,
      Sources sources,
      Settings settings,
      Policies policies,
      ProcessClock clock,
      Crew crew,
      UpstreamGuard guard,
      RefreshEngine engine,
      Listeners listeners,
      SecretSealer sealer,
      RandomGenerator random,
      @Nullable Sharing sharing) {}

  /** Puts the path together; the engine is started by {@link #start}. */
  public Refresher(Parts parts) {
    this.sources = parts.sources();
    this.settings = parts.settings();
    this.policies = parts.policies();
    this.clock = parts.clock();
    this.crew = parts.crew();
    this.calls = runner(crew.calls());
    this.chores = runner(crew.chores());
    this.answers = runner(crew.answers());
    this.guard = parts.guard();
    this.engine = parts.engine();
    this.listeners = parts.listeners();
    this.random = parts.random();
    long staleness =
        parts.executor().store().processLocal() && parts.sharing() == null
            ? Long.MAX_VALUE
            : settings.maxStaleness().toMillis();
    this.rows = new Rows(parts.executor(), parts.sealer(), clock, policies, staleness);
    this.plans = new Plans(this, engine);
    this.entries = new Entries(settings.maxChains(), plans::forget);
    this.uses = new Uses(settings.usage());
    this.peers = new Peers(parts.sharing(), parts.executor().randomId(), settings.callDeadline());
    this.claims = new ClaimWait(this);
  }

  private TaskRunner runner(Workers workers) {
    return new TaskRunner(workers, clock.time(), () -> closed);
  }

  /** Starts the engine. */
  public void start() {
    engine.start(new EngineView(this));
    peers.join(plans::dueInShard);
  }

  /** Refreshes what is due within a horizon, although its own time has not come. */
  void runAhead(ChainKey key, Trigger trigger, Duration horizon, Consumer<RefreshOutcome> ended) {
    long ahead =
        horizon.compareTo(Duration.ofDays(36_500)) < 0 ? horizon.toMillis() : Long.MAX_VALUE;
    fly(key, trigger, ahead, ended);
  }

  /** Returns how long ago the last pass began, zero for the first one; this one begins now. */
  Duration sinceLastPass(long startedNanos) {
    Long last = lastPass.getAndSet(startedNanos);
    return last == null ? Duration.ZERO : Duration.ofNanos(startedNanos - last);
  }

  /** Begins an attempt, or joins the one under way; what is due within {@code ahead} ms is due. */
  void fly(ChainKey key, Trigger trigger, long ahead, Consumer<RefreshOutcome> ended) {
    if (closed) {
      ended.accept(new RefreshOutcome.Gone("closed"));
      return;
    }
    if (!sources.serves(key)) {
      ended.accept(
          new RefreshOutcome.Failed(
              FailureKind.CONFIG, "no source for its partition", Duration.ofHours(1)));
      return;
    }
    Entry entry = entries.obtain(key);
    Flight flight = entry.join(new Flight(-1, ahead));
    if (!flight.begin()) {
      ended.accept(new RefreshOutcome.Joined());
      return;
    }
    running.began();
    Consumer<RefreshOutcome> counted =
        outcome -> {
          running.ended();
          claims.forget(key);
          ended.accept(outcome);
        };
    new Attempt(this, entry, flight, trigger, counted).start();
  }

  void shed(Entry entry, Flight flight, String reason) {
    if (flight.begin()) {
      entry.landed(flight);
      refuse(entry, reason, flight.result());
    }
  }

  /** Refuses an answer for which there is no room. */
  void refuse(Entry entry, String reason, CompletableFuture<AccessToken> answer) {
    Trouble trouble = new Trouble(Reason.OVERLOADED, null, reason, 0, 0);
    answer.completeExceptionally(error(entry, trouble, null));
    long generation = entry.snapshot.generation();
    TokenEvent.Type type = TokenEvent.Type.SHED;
    listeners.tell(new TokenEvent(type, entry.key(), Trigger.QUEUE, generation, 0, null, reason));
  }

  /**
   * Shows readers a row; a higher revision is never replaced by a lower one. What went wrong with
   * an earlier generation says nothing about the next.
   */
  Snapshot publish(Entry entry, StoredChain stored, long readAt) {
    Snapshot before = entry.snapshot;
    Snapshot shown = entry.publish(rows.snapshot(stored.row(), before, readAt));
    if (before.revision() > 0 && shown.generation() > before.generation()) {
      entry.trouble = null;
    }
    return shown;
  }

  long backoffMillis(int failures, Snapshot shown) {
    long now = clock.now();
    long remaining = shown.usable(now) == null ? 0 : shown.serveUntil() - now;
    return Backoff.transientDelay(failures, remaining, new SplittableRandom(random.nextLong()));
  }

  /** When an ambiguous refresh token may be tried again: not while the old access token serves. */
  long afterHardStop(Snapshot shown, int failures, long now) {
    long backedOff = now + backoffMillis(failures, Snapshot.NONE);
    return Math.max(shown.usable(now) == null ? 0 : shown.serveUntil(), backedOff);
  }

  TokenUnavailableException error(Entry entry, Trouble trouble, @Nullable Throwable cause) {
    long wait = trouble.retryAt() - clock.now();
    return new TokenUnavailableException(
        entry.key(),
        trouble.reason(),
        trouble.message(),
        trouble.kind(),
        wait > 0 && trouble.retryAt() != Long.MAX_VALUE ? Duration.ofMillis(wait) : null,
        cause);
  }

  void tell(
      TokenEvent.Type type,
      Attempt attempt,
      @Nullable ChainRow row,
      @Nullable FailureKind kind,
      String detail) {
    CurrentToken current = row == null ? null : row.current();
    listeners.tell(
        new TokenEvent(
            type,
            attempt.key(),
            attempt.trigger,
            row == null ? attempt.entry.snapshot.generation() : row.generation(),
            current == null ? 0 : current.expiresAt(),
            kind,
            detail));
  }

  void tell(TokenEvent event) {
    listeners.tell(event);
  }

  ProcessClock clock() {
    return clock;
  }

  UpstreamGuard guard() {
    return guard;
  }

  TimeSource time() {
    return clock.time();
  }

  Sources sources() {
    return sources;
  }

  Settings settings() {
    return settings;
  }

  Policies policies() {
    return policies;
  }

  /** Where jitter comes from. */
  RandomGenerator random() {
    return random;
  }

  Rows rows() {
    return rows;
  }

  Uses uses() {
    return uses;
  }

  Entries entries() {
    return entries;
  }

  RefreshEngine engine() {
    return engine;
  }

  Plans plans() {
    return plans;
  }

  /** The threads that sources are called on. */
  Workers workers() {
    return crew.calls();
  }

  /** For attempts that go on after a wait. */
  TaskRunner calls() {
    return calls;
  }

  /** For what must not wait behind slow sources: rows to be read, results to be stored. */
  TaskRunner chores() {
    return chores;
  }

  /** For whatever may run code of those who asked without waiting. */
  TaskRunner answers() {
    return answers;
  }

  ClaimWait claims() {
    return claims;
  }

  Peers peers() {
    return peers;
  }

  /** Returns how many attempts are under way. */
  int running() {
    return running.count();
  }

  boolean isClosed() {
    return closed;
  }

  /**
   * Refuses work for a chain once this instance is closed.
   *
   * @throws TokenUnavailableException with reason CLOSED
   */
  void requireOpen(ChainKey key) {
    if (closed) {
      throw closedError(key);
    }
  }

  TokenUnavailableException closedError(ChainKey key) {
    return new TokenUnavailableException(key, Reason.CLOSED, CLOSED, null, null, null);
  }

  /**
   * Stops: nothing new begins, what is under way gets this long to end, then is interrupted and
   * gets one second to note that; every thread of ours ends unless a source holds it.
   */
  public void close(Duration timeout) {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    new Closing(this, crew, running, timeout).run();
  }
}
