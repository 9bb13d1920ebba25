package dev.tokenlife.simulation;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.testing.Node;
import org.jspecify.annotations.Nullable;

/** One call that reached, or might have reached, the provider. */
final class Call {
  final int number;
  final ChainKey key;
  final Node node;
  final long generation;
  final @Nullable String refreshToken;
  final @Nullable String claimId;

  final long startedNanos;

  /** Whether the provider has answered, or failed to. */
  boolean over;

  /** Whether a new token was given to a process that lived when it came. */
  boolean delivered;

  Call(
      int number,
      Node node,
      ChainKey key,
      long generation,
      @Nullable String refreshToken,
      @Nullable String claimId,
      long startedNanos) {
    this.number = number;
    this.node = node;
    this.key = key;
    this.generation = generation;
    this.refreshToken = refreshToken;
    this.claimId = claimId;
    this.startedNanos = startedNanos;
  }

  /** What the token of this call has in its row for all to see. */
  String mark() {
    return "call-" + number;
  }

  @Override
  public String toString() {
    return mark() + " of " + node + " for " + key.id() + "@" + generation;
  }
}
