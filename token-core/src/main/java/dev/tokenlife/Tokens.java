package dev.tokenlife;

import dev.tokenlife.crypto.KeyRing;
import dev.tokenlife.model.AccessToken;
import dev.tokenlife.model.AdminResult;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainState;
import dev.tokenlife.model.DeadLetter;
import dev.tokenlife.model.KeyStatus;
import dev.tokenlife.model.PassReport;
import dev.tokenlife.model.Progress;
import dev.tokenlife.refresh.Grants;
import dev.tokenlife.refresh.Handle;
import dev.tokenlife.refresh.Many;
import dev.tokenlife.refresh.Overview;
import dev.tokenlife.refresh.Pass;
import dev.tokenlife.refresh.Readers;
import dev.tokenlife.refresh.Refresher;
import dev.tokenlife.refresh.Replanning;
import dev.tokenlife.reseal.ResealPass;
import dev.tokenlife.spi.Demand;
import dev.tokenlife.spi.FetchedToken;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The tokens you obtain: kept fresh before they expire, each refreshed once however many ask.
 *
 * <p>A usable token is returned at once, always; while it is due, its refresh runs behind the
 * caller's back. Only a caller without a usable token waits, for at most its own deadline, together
 * with all others who want the same; the refresh goes on when a waiter gives up. A failure is
 * shared by those who waited and thrown as {@link dev.tokenlife.model.TokenUnavailableException},
 * which tells the key, the kind and when asking again can help. Safe for use by many threads; the
 * store and the application's own executor outlive it.
 */
public final class Tokens implements AutoCloseable {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

  private final Refresher core;
  private final Readers readers;
  private final Grants grants;
  private final Overview overview;
  private final TokensConfig config;
  private final Duration patience;
  private final KeyRing keys;
  private final IntFunction<ResealPass> reseal;

  Tokens(Refresher core, Duration patience, KeyRing keys, IntFunction<ResealPass> reseal) {
    this.reseal = reseal;
    this.core = core;
    this.keys = keys;
    this.readers = new Readers(core);
    this.grants = new Grants(core);
    this.overview = new Overview(core);
    this.config = new TokensConfig(new Replanning(core));
    this.patience = patience;
  }

  /** Starts to describe an instance; a source, an engine and a store are needed. */
  public static TokensBuilder builder() {
    return new TokensBuilder();
  }

  /**
   * Returns a token that can be used now. The first call for a key watches it.
   *
   * @throws dev.tokenlife.model.TokenUnavailableException if there is none within the caller's
   *     deadline
   * @throws IllegalArgumentException if no source serves the key's partition
   */
  public AccessToken get(ChainKey key) {
    return readers.get(key, patience);
  }

  /**
   * Returns a token with at least this much life left, refreshing it if need be.
   *
   * @throws dev.tokenlife.model.TokenUnavailableException as {@link #get(ChainKey)}; reason
   *     TOO_SHORT if even a new one lives shorter
   */
  public AccessToken get(ChainKey key, Duration minRemaining) {
    return readers.get(key, minRemaining, patience);
  }

  /** Returns a usable token only if this process has one; never waits. */
  public Optional<AccessToken> getIfFresh(ChainKey key) {
    return Optional.ofNullable(readers.getIfFresh(key));
  }

  /**
   * Returns the token when there is one, without blocking the caller. Cancelling the future or its
   * deadline ends the wait only. Continuations run on threads of the library unless they are given
   * others.
   */
  public CompletableFuture<AccessToken> getAsync(ChainKey key) {
    return readers.getAsync(key, patience);
  }

  /** Returns the fastest way to read one chain, for hot loops. */
  public TokenHandle handle(ChainKey key) {
    return new TokenHandle(new Handle(core, readers, key));
  }

  /**
   * Says that a server rejected this token. It is dropped if the chain still has it; a late
   * rejection of an older one does nothing.
   *
   * @return whether it was dropped
   * @throws dev.tokenlife.spi.StoreException if the row could not be written
   */
  public boolean invalidate(ChainKey key, AccessToken rejected) {
    return grants.invalidate(key, rejected);
  }

  /**
   * Takes what a sign-in brought: it replaces the chain's grant in any state, even after a
   * permanent failure, and no late result of the old grant can overwrite it. The same grant id
   * again does nothing, also after the chain was closed or revoked: only another sign-in, under an
   * id of its own, opens it again.
   *
   * @return whether it was new
   * @throws IllegalArgumentException if the grant id is empty
   * @throws dev.tokenlife.spi.StoreException if the row could not be written; adopt again
   */
  public boolean adopt(ChainKey key, String grantId, FetchedToken grant) {
    return grants.adopt(key, grantId, grant);
  }

  /**
   * Refreshes a chain now although its token is good; joins a refresh that is under way.
   *
   * @return the new token, or the failure
   */
  public CompletableFuture<AccessToken> refresh(ChainKey key, Demand demand) {
    return readers.refresh(key, demand);
  }

  /**
   * Makes one pass over everything that is due within the horizon, in parallel, and returns when it
   * ends; starts nothing new after the deadline. For cron jobs and serverless functions.
   *
   * @throws IllegalStateException if this instance was closed
   */
  public PassReport refreshDue(Duration horizon, Duration deadline) {
    return refreshDue(horizon, deadline, 32);
  }

  /** {@link #refreshDue(Duration, Duration)} with at most so many refreshes at a time. */
  public PassReport refreshDue(Duration horizon, Duration deadline, int parallel) {
    return new Pass(core, horizon, deadline, parallel).run();
  }

  /** Makes these chains fresh ahead of their first reader; returns at once. */
  public Warming warmUp(Collection<ChainKey> keys) {
    return new Warming(Many.warmUp(core, readers, keys));
  }

  /**
   * Replaces the tokens of these chains although they are good, behind everything more urgent, a
   * bounded number at a time; returns at once. For a provider that changed its keys, say. Readers
   * are served the old tokens meanwhile.
   */
  public Warming refreshAll(Collection<ChainKey> keys) {
    return new Warming(Many.refresh(core, readers, keys));
  }

  /** Keeps a chain fresh from now on, as the engine does; reads its row. */
  public void watch(ChainKey key) {
    readers.watch(key);
  }

  /** Stops keeping a chain fresh in this process and forgets it; its row stays. */
  public void unwatch(ChainKey key) {
    readers.unwatch(key);
  }

  /** Stops a chain for a while: nothing is served or fetched. */
  public AdminResult suspend(ChainKey key) {
    return grants.suspend(key);
  }

  /** Lets a suspended chain go on; the next read refreshes. */
  public AdminResult resume(ChainKey key) {
    return grants.resume(key);
  }

  /** Ends a chain; only {@link #adopt} of another grant opens it again. */
  public AdminResult close(ChainKey key, @Nullable String reason) {
    return grants.end(key, ChainState.CLOSED, reason);
  }

  /** Ends a chain for cause; only {@link #adopt} of another grant opens it again. */
  public AdminResult revoke(ChainKey key, @Nullable String reason) {
    return grants.end(key, ChainState.REVOKED, reason);
  }

  /** Returns the keys that seal secrets at rest, for rotation. */
  public KeyRing keys() {
    return keys;
  }

  /**
   * Seals the stored secrets of these partitions anew with the primary key, and notes tokens that
   * have ended under it, so that the old key can retire: {@code keys().retire(1, KeyUse.in(store,
   * partitions))}. Promote the new key in every process first. Runs on the calling thread while
   * everybody goes on; each row is one compare-and-set, and whoever writes it meanwhile wins. It
   * can be stopped by an interrupt or a crash and called again: what is done is skipped.
   *
   * @param perSecond how many rows are written a second at most, so that the store stays usable
   * @param told how far it is, after each page, on the calling thread
   * @return the end: failed chains still need another key, because their token is good yet or
   *     because their row could not be opened or written, which was logged
   * @throws dev.tokenlife.spi.StoreException if the chains could not be listed; call again
   */
  public Progress reseal(Collection<String> partitions, int perSecond, Consumer<Progress> told) {
    return reseal.apply(perSecond).run(partitions, told);
  }

  /** Lists the chains of a partition whose grant failed for good or may be spent. */
  public List<DeadLetter> deadLetters(String partition) {
    return overview.deadLetters(partition);
  }

  /** Takes a chain off that list and tries it at once. */
  public CompletableFuture<AccessToken> retry(DeadLetter letter) {
    grants.clearFailure(letter.key(), letter.failure().generation());
    return readers.refresh(letter.key(), Demand.BACKGROUND);
  }

  /** Describes one chain as this process sees it. */
  public KeyStatus status(ChainKey key) {
    return overview.key(key);
  }

  /** Describes the instance: its engine, its chains, its upstreams, its clock. */
  public Map<String, Object> status() {
    return overview.all();
  }

  /** Returns what can be read and changed while running. */
  public TokensConfig config() {
    return config;
  }

  /** {@link #close(Duration)} with 10 s. */
  @Override
  public void close() {
    close(CLOSE_TIMEOUT);
  }

  /**
   * Ends this instance: nothing new begins, refreshes under way get this long to store what they
   * received, then they are interrupted; no thread is left. Calls after it fail with reason CLOSED.
   * Calling it again does nothing.
   */
  public void close(Duration timeout) {
    core.close(timeout);
  }
}
