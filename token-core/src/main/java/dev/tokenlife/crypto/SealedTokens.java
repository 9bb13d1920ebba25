package dev.tokenlife.crypto;

import dev.tokenlife.model.Refusal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that carry their payload and need no store: for things many may read, like the code on a
 * wall. Sealing and opening cost no store operation.
 *
 * <p><strong>They are not chains.</strong> They cannot be handed over, revoked or closed: until it
 * expires, a sealed token opens for everyone who has it, as often as they like, and only retiring
 * its key ends it early. With {@link SealedTokensBuilder#once} each opens once, for one store
 * operation per genuine token.
 *
 * <pre>
 *   version(1) | key id(4) | nonce(12) | encrypted: issued at(6) | expires at(6) | payload | tag(16)
 * </pre>
 *
 * <p>as base64url without padding; one text per token. AES-256-GCM with a random nonce of 96 bits
 * and a tag of 128 bits; version, key id, purpose, partition, type and holder are bound as
 * associated data, so a token opens only where it was sealed for. One key seals 2^32 tokens (NIST
 * SP 800-38D section 8.3); promote another before that.
 *
 * <p>Safe for use by many threads without a lock. A ring that was generated here makes tokens that
 * only this process opens.
 */
public final class SealedTokens {
  /** The longest payload, in bytes of UTF-8; more does not fit a QR code. */
  public static final int MAX_PAYLOAD = 4096;

  static final byte VERSION = 2;
  private static final int HEAD = 1 + 4;
  private static final String ANYONE = "";

  private final KeyRing ring;
  private final byte[] type;
  private final long ttlMillis;
  private final long skewMillis;
  private final SteadyClock clock;
  private final @Nullable ReplayCache uses;

  SealedTokens(SealedTokensBuilder settings, String type, Duration ttl) {
    this.ring = settings.ring;
    this.type = new Fields().text(type).copy();
    this.ttlMillis = ttl.toMillis();
    this.skewMillis = settings.skew.toMillis();
    this.clock = new SteadyClock(settings.time);
    this.uses = settings.uses;
  }

  /** Begins with the keys of this ring, as they will be at each call. */
  public static SealedTokensBuilder builder(KeyRing ring) {
    return new SealedTokensBuilder(ring);
  }

  /** Seals a token that opens for anyone in this partition. */
  public String seal(String partition, String payload) {
    return sealFor(partition, ANYONE, payload);
  }

  /**
   * Seals a token that opens only for this holder; whoever opens it has to know who that is.
   *
   * @param holder not empty
   * @throws IllegalArgumentException if the payload is longer than {@link #MAX_PAYLOAD} or no text
   *     (it has unpaired surrogates)
   */
  public String seal(String partition, String holder, String payload) {
    return sealFor(partition, named(holder), payload);
  }

  /** Opens a token that was sealed for anyone; any text may be given. */
  public Opening open(@Nullable String token, String partition) {
    return openFor(token, partition, ANYONE);
  }

  /**
   * Opens a token that was sealed for this holder; any text may be given.
   *
   * @throws dev.tokenlife.spi.StoreException if each may be opened once and the store that
   *     remembers uses did not answer: the token stays closed
   */
  public Opening open(@Nullable String token, String partition, String holder) {
    return openFor(token, partition, named(holder));
  }

  private String sealFor(String partition, String holder, String payload) {
    long now = clock.now();
    byte[] text = SealedPayload.utf8(payload);
    RingKey key = ring.primary();
    byte[] bytes = new byte[HEAD + AeadKey.sealedBytes(SealedPayload.HEAD + text.length)];
    bytes[0] = VERSION;
    Longs.putInt(bytes, 1, key.id);
    SealedPayload.write(now, now + ttlMillis, text, bytes, AeadKey.plainAt(HEAD));
    box(key, partition, holder).seal(bytes, HEAD);
    return Base64Url.encode(bytes);
  }

  private Opening openFor(@Nullable String token, String partition, String holder) {
    byte[] bytes = bytes(token);
    RingKey key = bytes == null ? null : ring.find(Longs.getInt(bytes, 1));
    if (bytes == null || key == null) {
      return new Opening.Refused(Refusal.INVALID);
    }
    byte[] plain = box(key, partition, holder).open(bytes, HEAD);
    if (plain == null) {
      return new Opening.Refused(Refusal.INVALID);
    }
    long until = SealedPayload.expiresAt(plain) + skewMillis;
    if (clock.now() >= until) {
      return new Opening.Refused(Refusal.TOKEN_EXPIRED);
    }
    if (uses != null && !uses.firstUse(ReplayIds.of(bytes), until)) {
      return new Opening.Refused(Refusal.ALREADY_CONSUMED);
    }
    return SealedPayload.read(plain);
  }

  private static byte @Nullable [] bytes(@Nullable String token) {
    int most = HEAD + AeadKey.sealedBytes(SealedPayload.HEAD + MAX_PAYLOAD);
    if (token == null || token.length() > most * 4 / 3 + 1) {
      return null;
    }
    byte[] bytes = Base64Url.decode(token);
    int least = HEAD + AeadKey.sealedBytes(SealedPayload.HEAD);
    return bytes == null || bytes.length < least || bytes[0] != VERSION ? null : bytes;
  }

  private AeadKey.Box box(RingKey key, String partition, String holder) {
    AeadKey.Box box = key.sealedToken.box();
    box.associated.fields(key.sealedTokenStart).text(partition).fields(type).text(holder);
    return box;
  }

  private static String named(String holder) {
    if (holder.isEmpty()) {
      throw new IllegalArgumentException("a holder has a name; leave it out for anyone");
    }
    return holder;
  }
}
