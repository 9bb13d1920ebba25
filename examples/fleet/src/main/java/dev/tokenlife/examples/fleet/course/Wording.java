package dev.tokenlife.examples.fleet.course;

import java.time.Duration;
import java.util.Locale;

/** Figures in words, the same on every machine. */
final class Wording {
  private Wording() {}

  static String say(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  static String millis(Duration time) {
    double millis = time.toNanos() / 1e6;
    return say(millis < 10 ? "%.1f ms" : "%.0f ms", millis);
  }
}
