package dev.tokenlife.refresh;

import dev.tokenlife.model.AccessToken;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.TokenUnavailableException;
import dev.tokenlife.model.TokenUnavailableException.Reason;
import dev.tokenlife.spi.Demand;
import dev.tokenlife.spi.StoreException;
import dev.tokenlife.spi.StoredChain;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How callers get tokens. A token that is fresh costs one lookup, one volatile read and one clock
 * read; one that is due is served and refreshed behind the caller's back; only without a usable
 * token does a caller wait, together with all others who want the same.
 */
public final class Readers {
  private static final Logger log = LoggerFactory.getLogger(Readers.class);

  /** How long the process that owns a chain's shard may take before a reader's process steps in. */
  private static final long OTHERS_GET_MILLIS = 30_000;

  private final Refresher core;
  private final Entries entries;

  /** Reads through this refresh path. */
  public Readers(Refresher core) {
    this.core = core;
    this.entries = core.entries();
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
      entry.markUsed();
      return shown.token();
    }
    return null;
  }

  /** Returns a token with at least this much life left. */
  public AccessToken get(ChainKey key, Duration minRemaining, Duration patience) {
    AccessToken token = get(key, patience);
    if (remaining(token).compareTo(minRemaining) >= 0) {
      return token;
    }
    Entry entry = watched(key);
    AccessToken renewed = await(entry, demand(entry, token.generation(), Demand.BLOCKED), patience);
    if (remaining(renewed).compareTo(minRemaining) < 0) {
      throw core.error(
          entry,
          new Trouble(
              Reason.TOO_SHORT,
              null,
              "a new token lives " + remaining(renewed) + ", asked for " + minRemaining,
              0,
              0),
          null);
    }
    return renewed;
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
    long now = core.clock().now();
    Snapshot shown = entry.snapshot;
    return shown.believed(now) ? served(entry, shown, now) : null;
  }

  /** Returns the same without blocking the caller; the deadline is a timer. */
  public CompletableFuture<AccessToken> getAsync(ChainKey key, Duration patience) {
    Entry known = entries.find(key);
    AccessToken fresh = known == null ? null : fast(known);
    if (fresh != null) {
      return CompletableFuture.completedFuture(fresh);
    }
    CompletableFuture<AccessToken> answer = new CompletableFuture<>();
    try {
      core.executor().execute(() -> chain(key, answer));
    } catch (RejectedExecutionException closed) {
      answer.completeExceptionally(closedError(key));
    }
    var deadline =
        core.time().schedule(patience, () -> answer.completeExceptionally(late(watchedOrNew(key))));
    return answer.whenComplete((token, failure) -> deadline.cancel());
  }

  /** Refreshes a chain now, whatever its state; joins what is under way. */
  public CompletableFuture<AccessToken> refresh(ChainKey key, Demand demand) {
    Entry entry = watched(key);
    return demand(entry, entry.snapshot.generation(), demand).result();
  }

  /** Starts to keep a chain fresh; reads its row if nothing is known of it. */
  public void watch(ChainKey key) {
    Entry entry = watched(key);
    if (entry.snapshot.revision() == 0) {
      look(entry);
      core.wanted(entry, entry.snapshot);
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

  /** Looks at the row and shows it to readers. */
  public void look(ChainKey key) {
    look(watchedOrNew(key));
  }

  private AccessToken slow(ChainKey key, Duration patience) {
    Entry entry = watched(key);
    long now = core.clock().now();
    Snapshot shown = entry.snapshot;
    entry.markUsed();
    AccessToken token = shown.believed(now) ? served(entry, shown, now) : doubted(entry, now);
    if (token != null) {
      return token;
    }
    refuseIfHopeless(entry, now);
    return await(entry, demand(entry, -1, Demand.BLOCKED), patience);
  }

  /** A usable token is served at once, always; if it is due, its refresh starts behind. */
  private @Nullable AccessToken served(Entry entry, Snapshot shown, long now) {
    AccessToken token = shown.usable(now);
    if (token == null) {
      return null;
    }
    boolean othersWill = !core.tends(entry.key()) && now < shown.refreshAt() + OTHERS_GET_MILLIS;
    if (now >= shown.refreshAt() && !othersWill) {
      Trouble trouble = entry.trouble;
      boolean waits = trouble != null && now < trouble.retryAt();
      if (entry.flight() == null && !waits) {
        demand(entry, -1, Demand.DUE);
      }
    } else if (entry.beginLook()) {
      core.onWorker(() -> lookQuietly(entry));
    }
    return token;
  }

  /** The row was read too long ago: it is read again before its token is served. */
  private @Nullable AccessToken doubted(Entry entry, long now) {
    Snapshot shown = entry.snapshot;
    if (shown.revision() == 0) {
      return null;
    }
    try {
      look(entry);
    } catch (StoreException failure) {
      AccessToken usable = shown.usable(now);
      if (usable != null && core.settings().serveWhileStoreDown()) {
        return usable;
      }
      throw core.error(
          entry,
          new Trouble(Reason.STORE_UNAVAILABLE, null, "the row could not be read", 0, 0),
          failure);
    }
    return served(entry, entry.snapshot, core.clock().now());
  }

  private void refuseIfHopeless(Entry entry, long now) {
    Snapshot shown = entry.snapshot;
    Reason stop = shown.stop();
    if (stop != null && shown.believed(now)) {
      throw core.error(entry, new Trouble(stop, null, "the chain is " + stop, 0, 0), null);
    }
    Trouble trouble = entry.trouble;
    if (trouble != null && now < trouble.retryAt() && entry.flight() == null) {
      throw core.error(entry, trouble, null);
    }
  }

  /** Joins the flight of a chain, or asks the engine for one. */
  private Flight demand(Entry entry, long replaces, Demand demand) {
    Flight mine = new Flight(replaces, 0);
    Flight flight = entry.join(mine);
    if (!flight.mayAsk(demand == Demand.BLOCKED)) {
      return flight;
    }
    try {
      core.engine().demand(entry.key(), demand);
    } catch (RejectedExecutionException full) {
      core.shed(entry.key(), String.valueOf(full.getMessage()));
    }
    return flight;
  }

  private AccessToken await(Entry entry, Flight flight, Duration patience) {
    try {
      return flight.result().get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException timeout) {
      throw late(entry);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw core.error(
          entry, new Trouble(Reason.INTERRUPTED, null, "the caller was interrupted", 0, 0), null);
    } catch (ExecutionException failed) {
      throw rethrown(entry, failed.getCause());
    }
  }

  /**
   * The waiters share one failure; each throws its own exception, so that each has its own stack.
   */
  private TokenUnavailableException rethrown(Entry entry, @Nullable Throwable cause) {
    if (cause instanceof TokenUnavailableException shared) {
      return new TokenUnavailableException(
          entry.key(),
          shared.reason(),
          "see the cause",
          shared.kind().orElse(null),
          shared.retryAfter().orElse(null),
          shared);
    }
    return core.error(entry, new Trouble(Reason.SOURCE_FAILED, null, "unexpected", 0, 0), cause);
  }

  private void chain(ChainKey key, CompletableFuture<AccessToken> answer) {
    try {
      Entry entry = watched(key);
      long now = core.clock().now();
      Snapshot shown = entry.snapshot;
      AccessToken token = shown.believed(now) ? served(entry, shown, now) : doubted(entry, now);
      if (token != null) {
        answer.complete(token);
        return;
      }
      refuseIfHopeless(entry, now);
      var unused =
          demand(entry, -1, Demand.BLOCKED)
              .result()
              .whenComplete((found, failure) -> pass(answer, found, failure));
    } catch (RuntimeException | Error failure) {
      answer.completeExceptionally(failure);
    }
  }

  private static void pass(
      CompletableFuture<AccessToken> answer,
      @Nullable AccessToken found,
      @Nullable Throwable failure) {
    if (failure != null) {
      answer.completeExceptionally(failure);
    } else {
      answer.complete(found);
    }
  }

  private void look(Entry entry) {
    String upstream = core.sources().of(entry.key()).upstream();
    StoredChain stored = core.rows().readOrOpen(entry.key(), upstream);
    Snapshot before = entry.snapshot;
    Snapshot shown = core.publish(entry, stored, core.clock().now());
    if (shown.generation() != before.generation() || before.revision() == 0) {
      core.planned(entry, shown);
    }
  }

  private void lookQuietly(Entry entry) {
    try {
      look(entry);
    } catch (StoreException failure) {
      log.debug("Could not look at key={} again; its token is served on", entry.key(), failure);
    } finally {
      entry.endLook();
    }
  }

  private Entry watched(ChainKey key) {
    if (core.isClosed()) {
      throw closedError(key);
    }
    core.sources().of(key);
    Entry entry = entries.obtain(key);
    if (!entry.watched) {
      entry.watched = true;
    }
    return entry;
  }

  private Entry watchedOrNew(ChainKey key) {
    return entries.obtain(key);
  }

  private Duration remaining(AccessToken token) {
    return Duration.ofMillis(token.expiresAtMillis() - core.clock().now());
  }

  private TokenUnavailableException late(Entry entry) {
    Trouble trouble = entry.trouble;
    return core.error(
        entry,
        new Trouble(
            Reason.DEADLINE,
            trouble == null ? null : trouble.kind(),
            "not within the caller's deadline; the refresh goes on",
            0,
            0),
        null);
  }

  private TokenUnavailableException closedError(ChainKey key) {
    return new TokenUnavailableException(
        key, Reason.CLOSED, "this Tokens instance was closed; build another", null, null, null);
  }
}
