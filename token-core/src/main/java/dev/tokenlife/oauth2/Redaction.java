package dev.tokenlife.oauth2;

import dev.tokenlife.model.Secret;
import java.util.List;
import java.util.Locale;

/**
 * Makes a text of the other side fit for messages and logs: short, one line, printable ASCII (RFC
 * 6749 section 5.2), and gone altogether if it repeats a part of what was sent in confidence.
 */
record Redaction(List<Secret> secrets) {
  private static final int MAX_LENGTH = 200;

  /** So many characters in a row are taken for a part of a secret. */
  private static final int WINDOW = 8;

  Redaction {
    secrets = List.copyOf(secrets);
  }

  String clean(String text) {
    if (repeatsSecret(text.toLowerCase(Locale.ROOT))) {
      return "[redacted: it repeats a secret]";
    }
    String line = text.replaceAll("[^\\x20-\\x7e]+", " ").strip();
    return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "...";
  }

  private boolean repeatsSecret(String text) {
    for (Secret secret : secrets) {
      String value = secret.reveal().toLowerCase(Locale.ROOT);
      int window = Math.min(WINDOW, value.length());
      for (int at = 0; window > 0 && at + window <= value.length(); at++) {
        if (text.contains(value.substring(at, at + window))) {
          return true;
        }
      }
    }
    return false;
  }
}
