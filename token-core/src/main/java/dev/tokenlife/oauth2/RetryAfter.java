package dev.tokenlife.oauth2;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code Retry-After} in both its forms (RFC 9110 section 10.2.3). A date is read against the
 * server's own {@code Date}, so that a difference between the clocks does not matter. Whatever is
 * asked for, the wait is at most {@link #LONGEST}; what cannot be read is as if absent.
 */
final class RetryAfter {
  static final Duration LONGEST = Duration.ofDays(1);

  /** The three date formats a recipient must accept (section 5.6.7). */
  private static final List<DateTimeFormatter> FORMATS =
      List.of(
          DateTimeFormatter.RFC_1123_DATE_TIME,
          new DateTimeFormatterBuilder()
              .appendPattern("EEEE, dd-MMM-")
              .appendValueReduced(ChronoField.YEAR, 2, 2, 1970)
              .appendPattern(" HH:mm:ss 'GMT'")
              .toFormatter(Locale.US)
              .withZone(ZoneOffset.UTC),
          DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.US)
              .withZone(ZoneOffset.UTC));

  private RetryAfter() {}

  /** Returns how long to wait; {@code wallMillis} stands in where the answer has no date. */
  static Optional<Duration> read(HttpHeaders headers, long wallMillis) {
    return headers
        .firstValue("Retry-After")
        .map(String::strip)
        .flatMap(text -> text.matches("\\d+") ? seconds(text) : until(text, headers, wallMillis));
  }

  private static Optional<Duration> seconds(String digits) {
    boolean absurd = digits.length() > 9;
    return Optional.of(bounded(absurd ? LONGEST : Duration.ofSeconds(Long.parseLong(digits))));
  }

  private static Optional<Duration> until(String text, HttpHeaders headers, long wallMillis) {
    Instant now =
        headers
            .firstValue("Date")
            .flatMap(RetryAfter::date)
            .orElseGet(() -> Instant.ofEpochMilli(wallMillis));
    return date(text).map(then -> bounded(Duration.between(now, then)));
  }

  private static Optional<Instant> date(String text) {
    return FORMATS.stream().flatMap(format -> parsed(text, format)).findFirst();
  }

  private static Stream<Instant> parsed(String text, DateTimeFormatter format) {
    try {
      return Stream.of(format.parse(text, Instant::from));
    } catch (DateTimeParseException otherFormat) {
      return Stream.empty();
    }
  }

  private static Duration bounded(Duration wait) {
    if (wait.isNegative()) {
      return Duration.ZERO;
    }
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }
}
