package dev.tokenlife.model;

import java.time.Instant;
import java.util.Optional;

/** A chain as people look at it: nothing secret, and the derived states at one moment. */
public final class ChainView {
  private final ChainRow row;
  private final long now;

  private ChainView(ChainRow row, long now) {
    this.row = row;
    this.now = now;
  }

  /** Looks at a row at a time in epoch milliseconds. */
  public static ChainView of(ChainRow row, long now) {
    return new ChainView(row, now);
  }

  /** Returns the chain's key. */
  public ChainKey key() {
    return row.key();
  }

  /** Returns what the application calls this sort of chain. */
  public String type() {
    return row.origin().type();
  }

  /** Returns the caller's own name of the chain, if it was opened with one. */
  public Optional<String> name() {
    return Optional.ofNullable(row.origin().name());
  }

  /** Returns the stored state. */
  public ChainState state() {
    return row.state();
  }

  /** Returns whether the absolute or idle limit has passed. */
  public boolean expired() {
    return row.isExpired(now);
  }

  /** Returns whether the chain is active but its token has expired, since nobody asks for one. */
  public boolean stalled() {
    CurrentToken current = row.current();
    return row.state() == ChainState.ACTIVE && current != null && now >= current.expiresAt();
  }

  /** Returns who holds the chain; empty for fetched chains. */
  public Optional<String> holder() {
    return Optional.ofNullable(row.position().holder());
  }

  /** Returns who held it before. */
  public Optional<String> previousHolder() {
    return Optional.ofNullable(row.position().previousHolder());
  }

  /** Returns how many hand-overs there were. */
  public long seq() {
    return row.seq();
  }

  /** Returns how many tokens there were. */
  public long generation() {
    return row.generation();
  }

  /** Returns how many new tokens there were for the same holders. */
  public long rotationCount() {
    return row.position().rotationCount();
  }

  /** Returns when the current token was made. */
  public Instant lastRotation() {
    return Instant.ofEpochMilli(row.position().lastRotation());
  }

  /** Returns when the current token ends; empty if there is none. */
  public Optional<Instant> expiresAt() {
    return Optional.ofNullable(row.current()).map(c -> Instant.ofEpochMilli(c.expiresAt()));
  }

  /** Returns when the chain was opened. */
  public Instant createdAt() {
    return Instant.ofEpochMilli(row.origin().createdAt());
  }

  /** Returns why a final chain is over, where a reason was given. */
  public Optional<String> closeReason() {
    return Optional.ofNullable(row.control().closeReason());
  }

  @Override
  public String toString() {
    return "ChainView[" + key() + ", " + type() + ", " + state() + ", seq=" + seq() + "]";
  }
}
