package dev.tokenlife.crypto;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A derived key for AES-256-GCM with a random nonce of 96 bits per message and a tag of 128 bits.
 * With random nonces one key may seal 2^32 messages (NIST SP 800-38D section 8.3). Each thread has
 * its own pair of {@code Cipher}s.
 */
final class AeadKey {
  static final int NONCE_BYTES = 12;
  static final int TAG_BYTES = 16;

  private static final String AES_GCM = "AES/GCM/NoPadding";
  private static final SecureRandom RANDOM = new SecureRandom();

  private final SecretKeySpec key;
  private final ThreadLocal<Ciphers> ciphers = ThreadLocal.withInitial(Ciphers::new);

  AeadKey(byte[] key) {
    this.key = new SecretKeySpec(key, "AES");
    Arrays.fill(key, (byte) 0);
  }

  /** Returns the calling thread's empty fields, to be filled with the associated data. */
  Fields associated() {
    return ciphers.get().fields.clear();
  }

  /** Bytes that {@link #seal} writes for a plain text of this length. */
  static int sealedBytes(int plain) {
    return NONCE_BYTES + plain + TAG_BYTES;
  }

  /** Writes nonce, cipher text and tag to {@code out} at {@code at}. */
  void seal(byte[] plain, int length, Fields associated, byte[] out, int at) {
    Ciphers mine = ciphers.get();
    try {
      RANDOM.nextBytes(mine.nonce);
      System.arraycopy(mine.nonce, 0, out, at, NONCE_BYTES);
      mine.seal.init(Cipher.ENCRYPT_MODE, key, parameters(mine.nonce, 0));
      mine.seal.updateAAD(associated.buffer(), 0, associated.length());
      mine.seal.doFinal(plain, 0, length, out, at + NONCE_BYTES);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("AES-256-GCM refused to encrypt", impossible);
    }
  }

  /** Returns the plain text, or null if it is not what this key sealed with these fields. */
  byte @Nullable [] open(byte[] sealed, int at, Fields associated) {
    int length = sealed.length - at - NONCE_BYTES;
    if (length < TAG_BYTES) {
      return null;
    }
    Ciphers mine = ciphers.get();
    try {
      mine.open.init(Cipher.DECRYPT_MODE, key, parameters(sealed, at));
      mine.open.updateAAD(associated.buffer(), 0, associated.length());
      return mine.open.doFinal(sealed, at + NONCE_BYTES, length);
    } catch (AEADBadTagException forged) {
      return null;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("AES-256-GCM refused to decrypt", impossible);
    }
  }

  private static GCMParameterSpec parameters(byte[] source, int at) {
    return new GCMParameterSpec(8 * TAG_BYTES, source, at, NONCE_BYTES);
  }

  /** What one thread works with. */
  private static final class Ciphers {
    final Cipher seal = cipher();
    final Cipher open = cipher();
    final byte[] nonce = new byte[NONCE_BYTES];
    final Fields fields = new Fields();

    private static Cipher cipher() {
      try {
        return Cipher.getInstance(AES_GCM);
      } catch (GeneralSecurityException impossible) {
        throw new IllegalStateException("this Java platform lacks AES-GCM", impossible);
      }
    }
  }
}
