package dev.tokenlife.memory;

import java.util.ArrayList;
import java.util.List;

/** Texts as one, for cursors: each with its length before it, so that no separator is needed. */
final class PlaceText {
  private PlaceText() {}

  static String join(String... parts) {
    StringBuilder text = new StringBuilder();
    for (String part : parts) {
      text.append(part.length()).append(':').append(part);
    }
    return text.toString();
  }

  static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    for (int at = 0; at < text.length(); ) {
      int colon = text.indexOf(':', at);
      int end = colon + 1 + Integer.parseInt(text, at, colon, 10);
      parts.add(text.substring(colon + 1, end));
      at = end;
    }
    return parts;
  }
}
