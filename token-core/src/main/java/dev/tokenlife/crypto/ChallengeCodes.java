package dev.tokenlife.crypto;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChallengeSlot;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The codes of challenges: derived from the key and the slot, never stored, so that any process can
 * show them and a copy of the rows tells nothing. Every code is equally likely. Safe for use by
 * many threads without a lock.
 */
public final class ChallengeCodes {
  private final KeyRing ring;
  private final int digits;
  private final long bound;

  /** Makes codes of six digits. */
  public ChallengeCodes(KeyRing ring) {
    this(ring, 6);
  }

  /**
   * Makes codes of this length.
   *
   * @param digits 6 to 10
   */
  public ChallengeCodes(KeyRing ring, int digits) {
    if (digits < 6 || digits > 10) {
      throw new IllegalArgumentException("a code has 6 to 10 digits, not " + digits);
    }
    this.ring = ring;
    this.digits = digits;
    this.bound = (long) Math.pow(10, digits);
  }

  /**
   * Returns the code of a slot of this chain.
   *
   * @throws MissingKeyException if the ring lacks the key that the slot names
   */
  public String code(ChainKey key, ChallengeSlot slot) {
    return code(slot.keyId(), key, slot.seq(), slot.scanner(), slot.nonce());
  }

  /**
   * Returns the code for these values.
   *
   * @throws MissingKeyException if the ring lacks the key
   */
  public String code(int keyId, ChainKey key, long seq, String scanner, String nonce) {
    RingKey ringKey = ring.find(keyId);
    if (ringKey == null) {
      throw new MissingKeyException(keyId, "a challenge of " + key, ring);
    }
    long code = uniform(bound, words(ringKey, key, seq, scanner, nonce));
    StringBuilder text = new StringBuilder(digits);
    for (long unit = bound / 10; unit > 0; unit /= 10) {
      text.append((char) ('0' + code / unit % 10));
    }
    return text.toString();
  }

  /**
   * Returns whether an answer is the code of this slot, in constant time; any text may be asked.
   *
   * @throws MissingKeyException if the ring lacks the key that the slot names
   */
  public boolean matches(@Nullable String answer, ChainKey key, ChallengeSlot slot) {
    byte[] code = code(key, slot).getBytes(StandardCharsets.UTF_8);
    byte[] given = (answer == null ? "" : answer).getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(code, given);
  }

  /** An endless row of words of 63 bits. */
  static LongSupplier words(RingKey ringKey, ChainKey key, long seq, String scanner, String nonce) {
    return new Words(ringKey.challenge, new Inputs(key, seq, scanner, nonce));
  }

  /** Draws words of 63 bits until one lies below the largest multiple of the bound. */
  static long uniform(long bound, LongSupplier words) {
    long limit = Long.MAX_VALUE - Long.MAX_VALUE % bound;
    long word = words.getAsLong();
    while (word >= limit) {
      word = words.getAsLong();
    }
    return word % bound;
  }

  /** What a code is derived from. */
  private record Inputs(ChainKey key, long seq, String scanner, String nonce) {}

  /** HMAC blocks over the inputs and a counter. */
  private static final class Words implements LongSupplier {
    private static final int PER_BLOCK = 4;
    private final MacKey key;
    private final Inputs inputs;
    private byte[] block = {};
    private int drawn;

    Words(MacKey key, Inputs inputs) {
      this.key = key;
      this.inputs = inputs;
    }

    @Override
    public long getAsLong() {
      int place = drawn % PER_BLOCK;
      if (place == 0) {
        block = next(drawn / PER_BLOCK);
      }
      drawn++;
      return Longs.get(block, 8 * place) & Long.MAX_VALUE;
    }

    private byte[] next(int counter) {
      MacKey.Signer signer = key.signer();
      signer
          .fields
          .text(inputs.key.partition())
          .text(inputs.key.id())
          .number(inputs.seq)
          .text(inputs.scanner)
          .text(inputs.nonce)
          .number(counter);
      return signer.sign();
    }
  }
}
