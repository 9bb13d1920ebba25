package dev.tokenlife.crypto;

import org.jspecify.annotations.Nullable;

/** The text form of a secret at rest: {@code s1.<key id>.<base64url>}. */
final class SealedText {
  static final String VERSION = "s1";
  private static final String START = VERSION + ".";

  final int keyId;

  /** Nonce, cipher text and tag. */
  final byte[] bytes;

  SealedText(int keyId, byte[] bytes) {
    this.keyId = keyId;
    this.bytes = bytes;
  }

  String text() {
    return START + Integer.toUnsignedString(keyId) + "." + Base64Url.encode(bytes);
  }

  /** Returns null if the text is not of this form. */
  static @Nullable SealedText parse(String text) {
    int id = keyId(text);
    byte[] bytes =
        id == 0 ? null : Base64Url.decode(text.substring(text.indexOf('.', START.length()) + 1));
    return bytes == null ? null : new SealedText(id, bytes);
  }

  /** Returns the id of the key that a text names; 0 if it is not of this form. */
  static int keyId(String text) {
    int dot = text.indexOf('.', START.length());
    if (!text.startsWith(START) || dot < 0) {
      return 0;
    }
    try {
      int id = Integer.parseUnsignedInt(text, START.length(), dot, 10);
      return text.startsWith(Integer.toUnsignedString(id), START.length()) ? id : 0;
    } catch (NumberFormatException malformed) {
      return 0;
    }
  }

  @Override
  public String toString() {
    return "SealedText[key=" + Integer.toUnsignedString(keyId) + "]";
  }
}
