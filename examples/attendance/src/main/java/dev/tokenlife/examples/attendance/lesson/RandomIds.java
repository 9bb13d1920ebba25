package dev.tokenlife.examples.attendance.lesson;

import java.security.SecureRandom;
import java.util.Locale;

/** Ids that people may have to read aloud: no letters that look alike. */
public final class RandomIds {
  private static final String LETTERS = "23456789abcdefghjkmnpqrstuvwxyz";
  private static final SecureRandom RANDOM = new SecureRandom();

  private RandomIds() {}

  /** Draws a session id. */
  public static String session() {
    return letters(10);
  }

  /** Draws a person's id: the plain letters of the name, and some of chance. */
  public static String person(String name) {
    String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "");
    String start = plain.isEmpty() ? "p" : plain.substring(0, Math.min(20, plain.length()));
    return start + "-" + letters(6);
  }

  private static String letters(int count) {
    StringBuilder letters = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      letters.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
    }
    return letters.toString();
  }
}
