package dev.tokenlife.refresh;

import dev.tokenlife.model.AccessToken;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.TokenUnavailableException;
import dev.tokenlife.model.TokenUnavailableException.Reason;
import dev.tokenlife.spi.Demand;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * How callers get tokens. A token that is fresh costs one lookup, one volatile read and one clock
 * read; one that is due is served and refreshed behind the caller's back; only without a usable
 * token does a caller wait, together with all others who want the same.
 */
public final class Readers {
  /** How long the process that owns a chain's shard may take before a reader's process steps in. */
  private static final long OTHERS_GET_MILLIS = 30_000;

  /** How long a caller with a usable token waits for a row that must be read again. */
  static final Duration STORE_PATIENCE = Duration.ofSeconds(1);

  private final Refresher core;
  private final Entries entries;
  private final Looks looks;
  private final Waits waits;

  /** Reads through this refresh path. */
  public Readers(Refresher core) {
    this.core = core;
    this.entries = core.entries();
    this.looks = new Looks(core);
    this.waits = new Waits(core);
  }

  /** Returns the token of a chain, waiting only if there is no usable one. */
  public AccessToken get(ChainKey key, Duration patience) {
    Entry entry = entries.find(key);
    if (entry != null) {
      AccessToken token = fast(entry);
      if (token != null) {
        return token;
      }
    }
    return slow(key, patience);
  }

  /** The whole of a read in the usual case. */
  @Nullable AccessToken fast(Entry entry) {
    Snapshot shown = entry.snapshot;
    if (core.clock().readNow() < shown.dueAt()) {
      entry.markRead();
      return shown.token();
    }
    return null;
  }

  /** Returns a token with at least this much life left. */
  public AccessToken get(ChainKey key, Duration minRemaining, Duration patience) {
    AccessToken token = get(key, patience);
    // The second time, since the first may have joined a flight that only looked at the row.
    for (int i = 0; i < 2 && tooShort(token, minRemaining); i++) {
      Entry entry = watched(key);
      token = waits.await(entry, demand(entry, token.generation(), Demand.BLOCKED), patience);
    }
    if (tooShort(token, minRemaining)) {
      String detail = "a new token lives " + remaining(token) + ", asked for " + minRemaining;
      throw core.error(watched(key), new Trouble(Reason.TOO_SHORT, null, detail, 0, 0), null);
    }
    return token;
  }

  /** Returns a token only if one can be served at once; starts nothing but a due refresh. */
  public @Nullable AccessToken getIfFresh(ChainKey key) {
    Entry entry = entries.find(key);
    if (entry == null || core.isClosed()) {
      return null;
    }
    AccessToken fresh = fast(entry);
    if (fresh != null) {
      return fresh;
    }
    entry.markRead();
    long now = core.clock().now();
    Snapshot shown = entry.snapshot;
    return shown.believed(now) ? served(entry, shown, now) : null;
  }

  /** Returns the same without blocking the caller; the deadline is a timer. */
  public CompletableFuture<AccessToken> getAsync(ChainKey key, Duration patience) {
    AccessToken usable = getIfFresh(key);
    if (usable != null) {
      return CompletableFuture.completedFuture(usable);
    }
    CompletableFuture<AccessToken> answer = new CompletableFuture<>();
    if (core.isClosed()) {
      answer.completeExceptionally(core.closedError(key));
      return answer;
    }
    if (!core.answers().tryRun(new AsyncRead(core, this, looks, key, answer))) {
      core.refuse(entries.obtain(key), "no thread for another caller", answer);
      return answer;
    }
    // On a worker, since what the caller does with the answer must not hold up the timers.
    var deadline =
        core.time()
            .schedule(
                patience, () -> core.answers().run(() -> answer.completeExceptionally(late(key))));
    var unused = answer.whenComplete((token, failure) -> deadline.cancel());
    return answer;
  }

  /** Refreshes a chain now, whatever its state; joins what is under way. */
  public CompletableFuture<AccessToken> refresh(ChainKey key, Demand demand) {
    Entry entry = watched(key);
    CompletableFuture<AccessToken> answer = new CompletableFuture<>();
    pass(demand(entry, Flight.PRESENT, demand), answer);
    return answer;
  }

  /** Starts to keep a chain fresh; reads its row if nothing is known of it. */
  public void watch(ChainKey key) {
    Entry entry = watched(key);
    if (entry.snapshot.revision() == 0) {
      looks.now(entry);
    }
  }

  /** Stops keeping a chain fresh and forgets it in this process; its row stays. */
  public void unwatch(ChainKey key) {
    Entry entry = entries.find(key);
    if (entry != null) {
      entry.watched = false;
      entries.remove(entry);
    }
  }

  private AccessToken slow(ChainKey key, Duration patience) {
    Entry entry = watched(key);
    entry.markRead();
    if (isDoubtful(entry)) {
      look(entry, patience);
    }
    AccessToken token = atOnce(entry);
    return token != null ? token : waits.await(entry, demand(entry, -1, Demand.BLOCKED), patience);
  }

  /** The row was read too long ago: it is read again before its token is served. */
  boolean isDoubtful(Entry entry) {
    Snapshot shown = entry.snapshot;
    return shown.revision() > 0 && !shown.believed(core.clock().now());
  }

  private void look(Entry entry, Duration patience) {
    boolean canServe = canServeUnread(entry);
    if (canServe && entry.isUnreadable(core.clock().now())) {
      looks.behind(entry);
      return;
    }
    boolean brief = canServe && patience.compareTo(STORE_PATIENCE) > 0;
    try {
      waits.on(entry, looks.shared(entry), brief ? STORE_PATIENCE : patience);
    } catch (ExecutionException unreadable) {
      refuseUnlessServed(entry, unreadable.getCause());
    } catch (TokenUnavailableException late) {
      if (!brief || late.reason() != Reason.DEADLINE) {
        throw late;
      }
      looks.failed(entry);
    }
  }

  boolean canServeUnread(Entry entry) {
    return core.settings().serveWhileStoreDown()
        && entry.snapshot.usable(core.clock().now()) != null;
  }

  void refuseUnlessServed(Entry entry, @Nullable Throwable failure) {
    if (!canServeUnread(entry)) {
      throw core.error(
          entry,
          new Trouble(Reason.STORE_UNAVAILABLE, null, "the row could not be read", 0, 0),
          failure);
    }
  }

  /** Returns a token that can be served at once; null if the caller must wait; or refuses. */
  @Nullable AccessToken atOnce(Entry entry) {
    long now = core.clock().now();
    AccessToken token = served(entry, entry.snapshot, now);
    if (token == null) {
      refuseIfHopeless(entry, now);
    }
    return token;
  }

  /** A usable token is served at once, always; if it is due, its refresh starts behind. */
  private @Nullable AccessToken served(Entry entry, Snapshot shown, long now) {
    AccessToken token = shown.usable(now);
    if (token == null) {
      return null;
    }
    boolean othersWill =
        !core.peers().isOurs(entry.key()) && now < shown.refreshAt() + OTHERS_GET_MILLIS;
    if (now >= shown.refreshAt() && !othersWill) {
      Trouble trouble = entry.trouble;
      boolean waits = entry.isPaused(now) || (trouble != null && now < trouble.retryAt());
      if (entry.flight() == null && !waits) {
        demand(entry, -1, Demand.DUE);
      }
    } else {
      looks.behind(entry);
    }
    return token;
  }

  private void refuseIfHopeless(Entry entry, long now) {
    Reason stop = entry.snapshot.stop();
    if (stop != null) {
      throw core.error(entry, new Trouble(stop, null, "the chain is " + stop, 0, 0), null);
    }
    Trouble trouble = entry.trouble;
    if (trouble != null && now < trouble.retryAt() && entry.flight() == null) {
      throw core.error(entry, trouble, null);
    }
  }

  /** Joins the flight of a chain, or asks the engine for one. */
  Flight demand(Entry entry, long replaces, Demand demand) {
    Flight mine = new Flight(replaces, 0);
    Flight flight = entry.join(mine);
    if (!flight.mayAsk(demand == Demand.BLOCKED)) {
      return flight;
    }
    try {
      core.engine().demand(entry.key(), demand);
    } catch (RejectedExecutionException full) {
      core.shed(entry, flight, String.valueOf(full.getMessage()));
    }
    if (core.isClosed() && flight.begin()) {
      entry.landed(flight);
      flight.result().completeExceptionally(core.closedError(entry.key()));
    }
    return flight;
  }

  /** On another worker: what callers do with their answers must not hold up the flight. */
  void pass(Flight flight, CompletableFuture<AccessToken> answer) {
    var unused =
        flight
            .result()
            .whenCompleteAsync(
                (token, failure) -> {
                  if (failure != null) {
                    answer.completeExceptionally(failure);
                  } else {
                    answer.complete(token);
                  }
                },
                core.answers()::orHere);
  }

  Entry watched(ChainKey key) {
    core.requireOpen(key);
    core.sources().of(key);
    Entry entry = entries.obtain(key);
    if (!entry.watched) {
      entry.watched = true;
    }
    return entry;
  }

  private Throwable late(ChainKey key) {
    return waits.late(entries.obtain(key));
  }

  private boolean tooShort(AccessToken token, Duration minRemaining) {
    return remaining(token).compareTo(minRemaining) < 0;
  }

  private Duration remaining(AccessToken token) {
    return Duration.ofMillis(token.expiresAtMillis() - core.clock().now());
  }
}
