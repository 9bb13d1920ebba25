package dev.tokenlife.crypto;

import dev.tokenlife.model.Secret;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads keys from text: {@code id:base64}, several with commas or on lines. Never quotes it. */
final class KeyText {
  private static final String HOW =
      "; make a key with `openssl rand -base64 32` or KeyRing.newKey() and keep it where only this"
          + " service can read it";

  private KeyText() {}

  /** Reads a list of keys; the first is the primary one, unless another is marked with a star. */
  static RingKeys parse(Secret text) {
    List<RingKey> keys = new ArrayList<>();
    RingKey marked = null;
    for (String entry : text.reveal().split("[,\\s]+", -1)) {
      if (entry.isEmpty()) {
        continue;
      }
      boolean star = entry.startsWith("*");
      RingKey key = entry(star ? entry.substring(1) : entry, keys.size() + 1);
      keys.add(key);
      if (star && marked != null) {
        throw new KeyRefusedException("two keys are marked as the primary one");
      }
      marked = star ? key : marked;
    }
    if (keys.isEmpty()) {
      throw new KeyRefusedException("the text of the key ring is empty: give id:base64" + HOW);
    }
    return RingKeys.of(keys, marked == null ? keys.get(0) : marked);
  }

  private static RingKey entry(String entry, int place) {
    int colon = entry.indexOf(':');
    if (colon < 0) {
      throw new KeyRefusedException("key number " + place + " is not of the form id:base64" + HOW);
    }
    return key(id(entry.substring(0, colon), place), Secret.of(entry.substring(colon + 1)));
  }

  private static int id(String text, int place) {
    try {
      if (!text.startsWith("+")) {
        return Integer.parseUnsignedInt(text);
      }
    } catch (NumberFormatException malformed) {
      // Said below, without the text: a misplaced colon would make it part of a key.
    }
    throw new KeyRefusedException(
        "the id of key number " + place + " is not a number from 1 to 4294967295");
  }

  /** Makes a key of its base64 text, either alphabet. */
  static RingKey key(int id, Secret base64) {
    if (id == 0) {
      throw new KeyRefusedException("0 is no key id: stored rows use it for none");
    }
    String text = base64.reveal().strip();
    byte[] master = decode(text);
    String flaw = master == null ? "it is not base64" : KeyStrength.flaw(master, text);
    if (master == null || flaw != null) {
      throw new KeyRefusedException(
          "key " + Integer.toUnsignedString(id) + " is refused: " + flaw + HOW);
    }
    return new RingKey(id, master, false);
  }

  private static byte @Nullable [] decode(String text) {
    try {
      return Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
    } catch (IllegalArgumentException malformed) {
      return null;
    }
  }
}
