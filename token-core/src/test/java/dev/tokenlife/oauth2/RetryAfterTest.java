package dev.tokenlife.oauth2;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("1994-11-06T08:49:00Z");

  private static Optional<Duration> read(String value) {
    HttpHeaders headers = HttpHeaders.of(Map.of("Retry-After", List.of(value)), (n, v) -> true);
    return RetryAfter.read(headers, NOW.toEpochMilli());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 0",
        "120 | 120",
        "' 5 ' | 5",
        "86400 | 86400",
        "86401 | 86400",
        "99999999999999999999 | 86400",
        "Sun, 06 Nov 1994 08:49:37 GMT | 37",
        "Sunday, 06-Nov-94 08:49:37 GMT | 37",
        "Sun Nov  6 08:49:37 1994 | 37",
        "Sat, 05 Nov 1994 08:49:37 GMT | 0",
        "Fri, 31 Dec 9999 23:59:59 GMT | 86400"
      })
  void bothForms_areRead_andBounded(String value, long seconds) {
    assertThat(read(value)).contains(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "soon", "1.5", "0x10", "Sun, 99 Nov 1994 08:49:37 GMT"})
  void whatCannotBeRead_isAsIfAbsent(String value) {
    assertThat(read(value)).isEmpty();
  }
}
