package dev.tokenlife.model;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The whole of a chain: one row, changed only by one compare-and-set. It carries no secret in
 * clear.
 *
 * @param key the chain's name
 * @param origin what it was opened with
 * @param control state, revision and the last writer
 * @param position sequence, generation and holder
 * @param current the current token; null if there is none
 * @param previous the remembered token before it; null if there is none
 * @param upstream what a fetched chain has from its source; of a final chain only which sign-in it
 *     lived on; null for minted chains
 * @param claim the intent of a process that calls an exclusive source; null if there is none
 * @param failure a failure that outlives the process; null if there is none
 * @param challenges pending confirmations, at most eight
 * @param budgets counters against guessing and reuse
 */
public record ChainRow(
    ChainKey key,
    ChainOrigin origin,
    ChainControl control,
    Position position,
    @Nullable CurrentToken current,
    @Nullable PreviousToken previous,
    @Nullable Upstream upstream,
    @Nullable Claim claim,
    @Nullable Failure failure,
    List<ChallengeSlot> challenges,
    Budgets budgets) {
  /** Copies the list. */
  public ChainRow {
    challenges = List.copyOf(challenges);
  }

  /** Returns the stored state. */
  public ChainState state() {
    return control.state();
  }

  /** Returns how many tokens the chain has had. */
  public long generation() {
    return position.generation();
  }

  /** Returns how many hand-overs there were. */
  public long seq() {
    return position.seq();
  }

  /** Returns whether the absolute or the idle limit has passed. */
  public boolean isExpired(long now) {
    if (now >= origin.absoluteExpiresAt()) {
      return true;
    }
    Duration idle = origin.idleTimeout();
    return idle != null && now - control.lastUse() >= idle.toMillis();
  }

  /** Returns a draft to change. */
  public RowDraft draft() {
    return new RowDraft(this);
  }
}
