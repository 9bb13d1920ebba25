package dev.tokenlife.examples.cluster.server;

import dev.tokenlife.examples.cluster.node.GrantNames;
import dev.tokenlife.spi.Shards;
import org.jspecify.annotations.Nullable;

/**
 * One use of a refresh token, as the server saw it. Times are those of {@link System#nanoTime} in
 * the launcher's process.
 */
public final class Use {
  /** What the server made of it. */
  public enum Verdict {
    /** The first use: the token was replaced by another one. */
    ACCEPTED,
    /** Another use of the same token: its family is revoked. */
    REUSED,
    /** A token of a family that was revoked before. */
    REVOKED
  }

  private final RefreshToken token;
  private final String node;
  private final Verdict verdict;
  private final long arrived;
  private final @Nullable Use first;
  private volatile long answered;

  Use(RefreshToken token, String node, Verdict verdict, @Nullable Use first, long arrived) {
    this.token = token;
    this.node = node;
    this.verdict = verdict;
    this.first = first;
    this.arrived = arrived;
  }

  /** The answer was handed to the network. */
  void answered(long nanos) {
    answered = nanos;
  }

  public String grant() {
    return token.grant();
  }

  /** Returns the shard of the due index that the grant belongs to. */
  public int shard() {
    return Shards.of(GrantNames.key(token.grant()));
  }

  public RefreshToken token() {
    return token;
  }

  /** Returns the name of the process that sent the token. */
  public String node() {
    return node;
  }

  public Verdict verdict() {
    return verdict;
  }

  public long arrivedNanos() {
    return arrived;
  }

  /** Returns when the answer was sent; 0 while it was not, or if nobody took it. */
  public long answeredNanos() {
    return answered;
  }

  /** Returns the first use of the same token; null if this is the first. */
  public @Nullable Use first() {
    return first;
  }
}
