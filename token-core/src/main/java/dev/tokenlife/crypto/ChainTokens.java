package dev.tokenlife.crypto;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainOrigin;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.CurrentToken;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads the tokens of minted chains.
 *
 * <pre>
 *   version(1) | key id(4) | chain id(16) | generation | seq | issued at(6) | tag(16)
 * </pre>
 *
 * <p>as base64url without padding, about 62 letters. Numbers are big-endian; generation and seq
 * take 7 bits per byte, least significant first, in as few bytes as they need (LEB128); issued at
 * is in milliseconds since the epoch. Version 2 is the same for a chain whose id is written as a
 * UUID. There is one text per token. The tag is the first 128 bits of HMAC-SHA-256 over the
 * length-prefixed fields version, key id, partition, type, chain id, generation, seq, issued at and
 * the chain's nonce: at least the 128 bits of RFC 6749 section 10.10 stand against guessing, and a
 * token verifies only in its own partition, type and chain.
 *
 * <p>Minting is a function of the row and the key: it needs no randomness, and the same row gives
 * the same token on every process. Safe for use by many threads without a lock.
 */
public final class ChainTokens {
  static final int MIN_BYTES = 1 + 4 + ChainIds.BYTES + 1 + 1 + 6 + 16;
  static final int MAX_BYTES = MIN_BYTES + 16;
  private static final long MAX_ISSUED_AT = (1L << 48) - 1;

  private final KeyRing ring;

  /** Works with the keys of this ring, as they are at each call. */
  public ChainTokens(KeyRing ring) {
    this.ring = ring;
  }

  /**
   * Returns the current token of a row.
   *
   * @throws IllegalArgumentException if the row has no current token or is not of a minted chain
   * @throws MissingKeyException if the ring lacks the key that the row names
   */
  public String mint(ChainRow row) {
    if (row.current() == null) {
      throw new IllegalArgumentException(row.key() + " has no current token");
    }
    return mint(row.key(), row.origin(), row.current());
  }

  /**
   * Returns the token of a chain that these values describe.
   *
   * @throws IllegalArgumentException if the id is not one of {@link ChainIds}, or a number is out
   *     of range
   * @throws MissingKeyException if the ring lacks the key
   */
  public String mint(ChainKey key, ChainOrigin origin, CurrentToken token) {
    ChainIdBits id = ChainIdBits.parse(key.id());
    if (id == null) {
      throw new IllegalArgumentException(
          key + " is no minted chain: its id is neither of ChainIds nor a UUID");
    }
    if (token.generation() < 1 || token.seq() < 0 || outside(token.issuedAt())) {
      throw new IllegalArgumentException("not a minted token of " + key + ": " + token);
    }
    RingKey ringKey = ring.find(token.keyId());
    if (ringKey == null) {
      throw new MissingKeyException(token.keyId(), "the token of " + key, ring);
    }
    byte[] bytes =
        new byte[MIN_BYTES - 2 + Varints.size(token.generation()) + Varints.size(token.seq())];
    bytes[0] = id.version();
    int at = Longs.putInt(bytes, 1, token.keyId());
    at = Longs.put(bytes, at, id.high());
    at = Longs.put(bytes, at, id.low());
    at = Varints.put(bytes, at, token.generation());
    at = Varints.put(bytes, at, token.seq());
    at = Longs.put48(bytes, at, token.issuedAt());
    MacKey.Signer signer = ringKey.chainToken.signer();
    begin(signer.fields, id, token.keyId(), key.partition(), origin.type())
        .number(token.generation())
        .number(token.seq())
        .number(token.issuedAt())
        .text(origin.nonce());
    System.arraycopy(signer.sign(), 0, bytes, at, 16);
    return Base64Url.encode(bytes);
  }

  /**
   * Reads a token. Never throws, whatever the text.
   *
   * @return empty if it is malformed, not in its one form, of another version or of a key that the
   *     ring does not have
   */
  public Optional<PresentedToken> parse(@Nullable String text) {
    if (text == null || text.length() > (MAX_BYTES * 4 + 2) / 3) {
      return Optional.empty();
    }
    byte[] bytes = Base64Url.decode(text);
    if (bytes == null || bytes.length < MIN_BYTES || !isVersion(bytes[0])) {
      return Optional.empty();
    }
    int seqAt = Varints.end(bytes, 5 + ChainIds.BYTES);
    int tail = Varints.end(bytes, seqAt);
    if (tail < 0 || bytes.length - tail != 6 + 16 || ring.find(Longs.getInt(bytes, 1)) == null) {
      return Optional.empty();
    }
    long generation = Varints.get(bytes, 5 + ChainIds.BYTES, seqAt);
    return generation == 0
        ? Optional.empty()
        : Optional.of(new PresentedToken(bytes, generation, Varints.get(bytes, seqAt, tail), tail));
  }

  /** Returns whether a token was minted for the chain of this row. */
  public boolean verify(PresentedToken token, ChainRow row) {
    return token.id.equals(ChainIdBits.parse(row.key().id()))
        && verify(token, row.key().partition(), row.origin().type(), row.origin().nonce());
  }

  /**
   * Returns whether a token was minted here, for this partition and type and for the chain with
   * this nonce; decided in constant time. False too if its key was retired since it was read.
   */
  public boolean verify(PresentedToken token, String partition, String type, String nonce) {
    RingKey ringKey = ring.find(token.keyId());
    if (ringKey == null) {
      return false;
    }
    MacKey.Signer signer = ringKey.chainToken.signer();
    begin(signer.fields, token.id, token.keyId(), partition, type)
        .number(token.generation())
        .number(token.seq())
        .number(token.issuedAt())
        .text(nonce);
    byte[] tag = signer.sign();
    return ((Longs.get(tag, 0) ^ token.tagHigh) | (Longs.get(tag, 8) ^ token.tagLow)) == 0;
  }

  private static boolean isVersion(byte version) {
    return version == ChainIdBits.OURS || version == ChainIdBits.OLDER;
  }

  private static Fields begin(
      Fields fields, ChainIdBits id, int keyId, String partition, String type) {
    return fields
        .number(id.version())
        .number(Integer.toUnsignedLong(keyId))
        .text(partition)
        .text(type)
        .pair(id.high(), id.low());
  }

  private static boolean outside(long issuedAt) {
    return issuedAt < 0 || issuedAt > MAX_ISSUED_AT;
  }
}
