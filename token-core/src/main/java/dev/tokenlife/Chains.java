package dev.tokenlife;

import dev.tokenlife.crypto.KeyRing;
import dev.tokenlife.execution.Workers;
import dev.tokenlife.issuing.Administration;
import dev.tokenlife.issuing.Challenges;
import dev.tokenlife.issuing.Openings;
import dev.tokenlife.issuing.Polls;
import dev.tokenlife.model.AdminResult;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainView;
import dev.tokenlife.model.ChallengeResult;
import dev.tokenlife.model.HandOverResult;
import dev.tokenlife.model.LiveToken;
import dev.tokenlife.model.OpenRequest;
import dev.tokenlife.model.OpenResult;
import dev.tokenlife.model.PollResult;
import dev.tokenlife.model.Presenter;
import dev.tokenlife.model.Progress;
import dev.tokenlife.model.TokenInspection;
import dev.tokenlife.spi.EffectQueue;
import dev.tokenlife.spi.TokenSubscriber;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The tokens you issue: chains of short-lived tokens that pass from holder to holder.
 *
 * <p>Every call runs on the calling thread and decides by one compare-and-set on the chain's row;
 * no timer and no thread exists for a chain that nobody asks for or subscribes to. Expected
 * refusals are returned. A store that fails throws {@link dev.tokenlife.spi.StoreException}; kind
 * UNKNOWN leaves open whether the command was done, and making the same request again (with its
 * request id, where it has one) finds out. Safe for use by many threads.
 */
public final class Chains implements AutoCloseable {
  private final ChainsBuilder.Parts parts;

  Chains(ChainsBuilder.Parts parts) {
    this.parts = parts;
  }

  /** Starts to describe an issuer; a store and at least one type are needed. */
  public static ChainsBuilder builder() {
    return new ChainsBuilder();
  }

  /**
   * Opens a chain for its first holder and mints its first token.
   *
   * @throws IllegalArgumentException if the type is unknown
   */
  public OpenResult open(OpenRequest request) {
    return openings().open(request);
  }

  /** {@link #open(OpenRequest)} with a random id. */
  public ChainKey open(String partition, String type, String holder) {
    OpenResult result = open(OpenRequest.of(partition, type, holder));
    if (result instanceof OpenResult.Opened opened) {
      return opened.chain();
    }
    throw new IllegalStateException("a chain with a random id could not be opened: " + result);
  }

  /** Opens many chains in as few store operations as the store can; results in the given order. */
  public List<OpenResult> openAll(List<OpenRequest> requests) {
    return openings().openAll(requests);
  }

  /**
   * Shows the holder the live token; a token that is due is replaced on the way. Any number of
   * concurrent polls of a due token mint one generation, and all get it.
   */
  public PollResult poll(ChainKey key, String holder) {
    return poll(key, Presenter.of(holder));
  }

  /** {@link #poll(ChainKey, String)} for a holder that is bound to a key. */
  public PollResult poll(ChainKey key, Presenter holder) {
    return polls().poll(key, holder);
  }

  /** Shows every live token that somebody holds in a partition. */
  public List<LiveToken> pollHolder(String partition, String holder) {
    return polls().pollHolder(partition, Presenter.of(holder));
  }

  /**
   * Pushes the live token to its holder, now and after each change, until the holder no longer
   * holds the chain; then says so once. What other processes change is noticed at the next
   * rotation. Costs one read, then one write per rotation and a timer while it is open.
   *
   * @return what ends the subscription without another word, save one that is on its way
   * @throws IllegalStateException if these Chains are closed
   */
  public AutoCloseable subscribe(ChainKey key, String holder, TokenSubscriber subscriber) {
    return parts.subscriptions().subscribe(key, Presenter.of(holder), subscriber);
  }

  /** Hands a chain over to the one who presents its token. */
  public HandOverResult handOver(String partition, @Nullable String token, String actor) {
    return handOver(partition, token, Presenter.of(actor));
  }

  /** {@link #handOver(String, String, String)} with a request id or a proved key. */
  public HandOverResult handOver(String partition, @Nullable String token, Presenter presenter) {
    return parts.handOvers().handOver(partition, token, presenter);
  }

  /** Asks for a confirmation code, shown to the holder alone, for a token just scanned. */
  public ChallengeResult challenge(String partition, @Nullable String token, String scanner) {
    return challenges().challenge(partition, token, Presenter.of(scanner));
  }

  /** Answers a challenge; a match hands the chain over. */
  public HandOverResult answer(
      ChainKey key, String challengeId, @Nullable String code, String scanner) {
    return challenges().answer(key, challengeId, code, Presenter.of(scanner));
  }

  /** Gives a chain to another holder, by an administrator; never opens a closed one. */
  public AdminResult reassign(ChainKey key, String holder) {
    return administration().reassign(key, holder, null, null);
  }

  /** {@link #reassign(ChainKey, String)} that can be repeated safely under the same request id. */
  public AdminResult reassign(ChainKey key, String holder, String requestId) {
    return administration().reassign(key, holder, null, requestId);
  }

  /** Stops a chain for a while: it yields no token and accepts none. */
  public AdminResult suspend(ChainKey key) {
    return administration().suspend(key, null);
  }

  /** Lets a suspended chain go on, with a new token. */
  public AdminResult resume(ChainKey key) {
    return administration().resume(key, null);
  }

  /** Ends a chain. Once this returned, no token of it is shown or accepted again. */
  public AdminResult close(ChainKey key, @Nullable String reason) {
    return administration().close(key, reason);
  }

  /** Closes every live chain of a partition and returns how many; can be called again to go on. */
  public int closeAll(String partition, @Nullable String reason) {
    return administration().closeAll(partition, reason);
  }

  /** Ends a chain for cause. Once this returned, no token of it is shown or accepted again. */
  public AdminResult revoke(ChainKey key, @Nullable String reason) {
    return administration().revoke(key, reason);
  }

  /**
   * Looks at a presented token without consuming it: one point read, no write. Empty unless its tag
   * verifies.
   */
  public Optional<TokenInspection> inspect(String partition, @Nullable String token) {
    return parts.inspections().inspect(partition, token);
  }

  /** Looks at a chain. */
  public Optional<ChainView> find(ChainKey key) {
    return administration().find(key);
  }

  /** Looks at every chain of a partition. */
  public List<ChainView> list(String partition) {
    return administration().list(partition);
  }

  /**
   * Returns the effects that hand-overs left behind, for a consumer that is idempotent by (chain,
   * seq); see {@link EffectQueue#deliver} and {@link dev.tokenlife.spi.HandOverLog}.
   *
   * @throws IllegalStateException if no type leaves any: a consumer would wait for ever
   */
  public EffectQueue effects() {
    if (!parts.leavesEffects()) {
      throw new IllegalStateException(
          "no type of these Chains leaves effects: add .effects(true) to the ChainPolicy of those"
              + " whose hand-overs somebody reads and acknowledges");
    }
    return parts.store().effects();
  }

  /** Returns the keys, for rotation. */
  public KeyRing keys() {
    return parts.keys();
  }

  /**
   * Notes tokens that have ended under the primary key, and seals the secrets of fetched chains of
   * these partitions anew, so that the old key can retire: {@code keys().retire(1, KeyUse.in(store,
   * partitions))}. Chains with a live token move by themselves when they advance. Promote the new
   * key in every process first. Runs on the calling thread while everybody goes on; it can be
   * stopped by an interrupt or a crash and called again: what is done is skipped.
   *
   * @param perSecond how many rows are written a second at most, so that the store stays usable
   * @param told how far it is, after each page, on the calling thread
   * @return the end: failed chains still need another key, because their token is good yet or
   *     because their row could not be opened or written, which was logged
   * @throws dev.tokenlife.spi.StoreException if the chains could not be listed; call again
   */
  public Progress reseal(Collection<String> partitions, int perSecond, Consumer<Progress> told) {
    return parts.reseal().apply(perSecond).run(partitions, told);
  }

  /** Ends all subscriptions and threads; the store is left open. Calling it again does nothing. */
  @Override
  public void close() {
    parts.subscriptions().close();
    parts.workers().forEach(Workers::close);
  }

  private Openings openings() {
    return parts.openings();
  }

  private Polls polls() {
    return parts.polls();
  }

  private Challenges challenges() {
    return parts.challenges();
  }

  private Administration administration() {
    return parts.administration();
  }
}
