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
 * its own pair of {@code Cipher}s: making one costs several times its use.
 */
final class AeadKey {
  static final int NONCE_BYTES = 12;
  static final int TAG_BYTES = 16;

  private static final String AES_GCM = "AES/GCM/NoPadding";
  private static final SecureRandom RANDOM = new SecureRandom();

  private final ThreadLocal<Box> boxes;

  AeadKey(byte[] key) {
    SecretKeySpec own = new SecretKeySpec(key, "AES");
    Arrays.fill(key, (byte) 0);
    boxes = ThreadLocal.withInitial(() -> new Box(own));
  }

  /** Returns what the calling thread works with, its associated data emptied. */
  Box box() {
    Box box = boxes.get();
    box.associated.clear();
    return box;
  }

  /** Bytes that {@link Box#seal} writes for a plain text of this length. */
  static int sealedBytes(int plain) {
    return NONCE_BYTES + plain + TAG_BYTES;
  }

  /** Where in these bytes {@link Box#seal} finds the plain text. */
  static int plainAt(int at) {
    return at + NONCE_BYTES;
  }

  private static Cipher cipher() {
    try {
      return Cipher.getInstance(AES_GCM);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("this Java platform lacks AES-GCM", impossible);
    }
  }

  /** What one thread seals and opens with. */
  static final class Box {
    /** The associated data, to be filled before each call. */
    final Fields associated = new Fields();

    private final SecretKeySpec key;
    private final Cipher sealing = cipher();
    private final Cipher opening = cipher();
    private final byte[] nonce = new byte[NONCE_BYTES];

    private Box(SecretKeySpec key) {
      this.key = key;
    }

    /**
     * Turns {@code bytes} from {@code at} to their end into nonce, cipher text and tag, in place:
     * the plain text stands where its cipher text will.
     */
    void seal(byte[] bytes, int at) {
      int plain = plainAt(at);
      int length = bytes.length - plain - TAG_BYTES;
      try {
        RANDOM.nextBytes(nonce);
        System.arraycopy(nonce, 0, bytes, at, NONCE_BYTES);
        sealing.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(8 * TAG_BYTES, nonce));
        sealing.updateAAD(associated.buffer(), 0, associated.length());
        sealing.doFinal(bytes, plain, length, bytes, plain);
      } catch (GeneralSecurityException impossible) {
        throw new IllegalStateException("AES-256-GCM refused to encrypt", impossible);
      }
    }

    /** Returns the plain text, or null if it is not what this key sealed with these fields. */
    byte @Nullable [] open(byte[] sealed, int at) {
      int length = sealed.length - at - NONCE_BYTES;
      if (length < TAG_BYTES) {
        return null;
      }
      try {
        opening.init(
            Cipher.DECRYPT_MODE, key, new GCMParameterSpec(8 * TAG_BYTES, sealed, at, NONCE_BYTES));
        opening.updateAAD(associated.buffer(), 0, associated.length());
        return opening.doFinal(sealed, at + NONCE_BYTES, length);
      } catch (AEADBadTagException forged) {
        return null;
      } catch (GeneralSecurityException impossible) {
        throw new IllegalStateException("AES-256-GCM refused to decrypt", impossible);
      }
    }
  }
}
