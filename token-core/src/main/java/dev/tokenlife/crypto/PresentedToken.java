package dev.tokenlife.crypto;

import dev.tokenlife.model.ChainKey;

/**
 * A well-formed token as it was presented. Nothing in it is believed until {@link
 * ChainTokens#verify} said so; it only tells where to look. Prints without its tag.
 */
public final class PresentedToken {
  final ChainIdBits id;
  final long tagHigh;
  final long tagLow;
  private final int keyId;
  private final long generation;
  private final long seq;
  private final long issuedAt;

  PresentedToken(byte[] bytes, long generation, long seq, int tail) {
    this.keyId = Longs.getInt(bytes, 1);
    this.id = new ChainIdBits(bytes[0], Longs.get(bytes, 5), Longs.get(bytes, 13));
    this.generation = generation;
    this.seq = seq;
    this.issuedAt = Longs.get48(bytes, tail);
    this.tagHigh = Longs.get(bytes, tail + 6);
    this.tagLow = Longs.get(bytes, tail + 14);
  }

  /** Returns the key it says it was made with; unsigned. */
  public int keyId() {
    return keyId;
  }

  /** Returns the chain it says it belongs to, as in {@link ChainKey#id}. */
  public String chainId() {
    return id.text();
  }

  /** Returns the place in the chain it claims; 1 or more. */
  public long generation() {
    return generation;
  }

  /** Returns how many hand-overs it says were before it; 0 or more. */
  public long seq() {
    return seq;
  }

  /** Returns when it says it was issued, epoch milliseconds. */
  public long issuedAt() {
    return issuedAt;
  }

  /** Returns the row to read for it. */
  public ChainKey key(String partition) {
    return ChainKey.of(partition, chainId());
  }

  @Override
  public String toString() {
    return "PresentedToken["
        + chainId()
        + ", key="
        + Integer.toUnsignedString(keyId)
        + ", generation="
        + generation
        + ", seq="
        + seq
        + ", redacted]";
  }
}
