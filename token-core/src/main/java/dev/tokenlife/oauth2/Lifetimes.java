package dev.tokenlife.oauth2;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A number of seconds as servers send it: a JSON number or a text (RFC 6749 section 5.1 has the
 * first), with or without a fraction. Zero and negative ones are zero; more than {@link #LONGEST}
 * is {@link #LONGEST}; what is no number is as if absent.
 */
final class Lifetimes {
  static final Duration LONGEST = Duration.ofDays(36_500);

  private Lifetimes() {}

  static Optional<Duration> read(@Nullable JsonNode value) {
    if (value == null) {
      return Optional.empty();
    }
    if (value.isNumber()) {
      return seconds(value.doubleValue());
    }
    return value.isTextual() ? parsed(value.textValue().strip()) : Optional.empty();
  }

  private static Optional<Duration> parsed(String text) {
    // Double.parseDouble also takes 0x1p3, 10d and NaN.
    if (!text.matches("[-+]?\\d+(\\.\\d+)?([eE][-+]?\\d+)?")) {
      return Optional.empty();
    }
    return seconds(Double.parseDouble(text));
  }

  private static Optional<Duration> seconds(double seconds) {
    double bounded = Math.min(Math.max(seconds, 0), (double) LONGEST.toSeconds());
    return Optional.of(Duration.ofSeconds((long) bounded));
  }
}
