package dev.tokenlife.crypto;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.Secret;
import dev.tokenlife.spi.SecretSealer;
import java.nio.charset.StandardCharsets;

/**
 * Seals stored secrets with the primary key of a ring: AES-256-GCM with a random nonce, bound to
 * the chain's key and the field's name. The text form is {@code s1.<key id>.<base64url>}.
 *
 * <p>The nonces allow 2^32 seals per key (NIST SP 800-38D section 8.3): promote a new key before
 * that. Safe for use by many threads without a lock.
 */
public final class RingSealer implements SecretSealer {
  private final KeyRing ring;

  /** Seals with the keys of this ring, as they are at each call. */
  public RingSealer(KeyRing ring) {
    this.ring = ring;
  }

  @Override
  public String seal(Secret secret, ChainKey key, String field) {
    RingKey primary = ring.primary();
    byte[] plain = secret.reveal().getBytes(StandardCharsets.UTF_8);
    byte[] sealed = new byte[AeadKey.sealedBytes(plain.length)];
    System.arraycopy(plain, 0, sealed, AeadKey.plainAt(0), plain.length);
    box(primary, key, field).seal(sealed, 0);
    return new SealedText(primary.id, sealed).text();
  }

  /**
   * {@inheritDoc}
   *
   * @throws MissingKeyException if the ring lacks the key it was sealed with
   * @throws SealBrokenException if it is not what was sealed for this chain and field
   */
  @Override
  public Secret open(String sealed, ChainKey key, String field) {
    SealedText text = SealedText.parse(sealed);
    if (text == null) {
      throw new SealBrokenException(key, field, "it is not of the form s1.<key id>.<base64url>");
    }
    RingKey ringKey = ring.find(text.keyId);
    if (ringKey == null) {
      throw new MissingKeyException(text.keyId, "the sealed " + field + " of " + key, ring);
    }
    byte[] plain = box(ringKey, key, field).open(text.bytes, 0);
    if (plain == null) {
      throw new SealBrokenException(key, field, "it was changed or belongs elsewhere");
    }
    return Secret.of(new String(plain, StandardCharsets.UTF_8));
  }

  @Override
  public boolean stale(String sealed) {
    return SealedText.keyId(sealed) != ring.primaryId();
  }

  private static AeadKey.Box box(RingKey ringKey, ChainKey key, String field) {
    AeadKey.Box box = ringKey.atRest.box();
    box.associated
        .text(SealedText.VERSION)
        .number(Integer.toUnsignedLong(ringKey.id))
        .text(key.partition())
        .text(key.id())
        .text(field);
    return box;
  }
}
