package dev.tokenlife.crypto;

import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;

/**
 * A derived key for HMAC-SHA-256. Each thread has its own {@code Mac}, made ready once: making one
 * costs more than using it.
 */
final class MacKey {
  private final ThreadLocal<Signer> signers;

  MacKey(byte[] key) {
    byte[] own = key.clone();
    Arrays.fill(key, (byte) 0);
    signers = ThreadLocal.withInitial(() -> new Signer(Hkdf.mac(own)));
  }

  /** Returns the calling thread's signer, emptied. */
  Signer signer() {
    Signer signer = signers.get();
    signer.fields.clear();
    return signer;
  }

  /** What one thread signs with. */
  static final class Signer {
    final Fields fields = new Fields();
    private final byte[] tag = new byte[Hkdf.HASH_BYTES];
    private final Mac mac;

    private Signer(Mac mac) {
      this.mac = mac;
    }

    /** Returns the tag over the fields; good until this thread signs again with this key. */
    byte[] sign() {
      try {
        mac.update(fields.buffer(), 0, fields.length());
        mac.doFinal(tag, 0);
        return tag;
      } catch (ShortBufferException impossible) {
        throw new IllegalStateException("a tag has 32 bytes", impossible);
      }
    }
  }
}
