package dev.tokenlife.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import dev.tokenlife.azure.Fault.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** What failures of the client mean: by status, code and cause, never by class. */
final class FaultsTest {
  @Test
  void onlyARequestThatCannotHaveLeft_wasNeverSent() {
    assertThat(kind(new UncheckedIOException(new ConnectException("refused"))))
        .isEqualTo(Kind.NOT_SENT);
    assertThat(kind(new UncheckedIOException(new HttpTimeoutException("timed out"))))
        .isEqualTo(Kind.LOST);
    assertThat(kind(new IllegalStateException(new TimeoutException()))).isEqualTo(Kind.LOST);
    assertThat(kind(new UncheckedIOException(new IOException("reset")))).isEqualTo(Kind.LOST);
    assertThat(kind(new NullPointerException())).isEqualTo(Kind.LOST);
    assertThat(kind(new IllegalStateException("garbage"))).isEqualTo(Kind.LOST);
  }

  @Test
  void statusesMeanWhatTheyMean_withoutACode() {
    for (Map.Entry<Integer, Kind> status :
        Map.of(
                400, Kind.REJECTED,
                401, Kind.UNAUTHORIZED,
                403, Kind.UNAUTHORIZED,
                404, Kind.MISSING,
                409, Kind.EXISTS,
                412, Kind.PRECONDITION,
                413, Kind.REJECTED,
                429, Kind.THROTTLED,
                500, Kind.LOST,
                503, Kind.THROTTLED)
            .entrySet()) {
      assertThat(kind(answered(status.getKey(), Map.of()))).isEqualTo(status.getValue());
    }
    assertThat(Faults.of(answered(404, Map.of()), true).kind()).isEqualTo(Kind.NO_TABLE);
    assertThat(kind(answered(404, Map.of("x-ms-error-code", "TableNotFound"))))
        .isEqualTo(Kind.NO_TABLE);
    assertThat(kind(answered(409, Map.of("x-ms-error-code", "TableBeingDeleted"))))
        .isEqualTo(Kind.BEING_DELETED);
  }

  @Test
  void theTimeToWait_isReadInEveryForm() {
    assertThat(retryAfter(Map.of("Retry-After", "3"))).isEqualTo(Duration.ofSeconds(3));
    assertThat(retryAfter(Map.of("retry-after-ms", "250"))).isEqualTo(Duration.ofMillis(250));
    assertThat(
            retryAfter(
                Map.of(
                    "Date",
                    "Tue, 1 Jan 2030 00:00:00 GMT",
                    "Retry-After",
                    "Tue, 1 Jan 2030 00:00:07 GMT")))
        .isEqualTo(Duration.ofSeconds(7));
    assertThat(
            retryAfter(
                Map.of(
                    "Date",
                    "Tue, 1 Jan 2030 00:00:09 GMT",
                    "Retry-After",
                    "Tue, 1 Jan 2030 00:00:07 GMT")))
        .isEqualTo(Duration.ZERO);
    assertThat(retryAfter(Map.of("Retry-After", "Tue, 1 Jan 2030 00:00:07 GMT"))).isNull();
    assertThat(retryAfter(Map.of("Date", "x", "Retry-After", "soon"))).isNull();
    assertThat(retryAfter(Map.of("Retry-After", "99999999999999999999"))).isNull();
  }

  @Test
  void everyFault_saysWhatItIs_inTheTermsOfTheSpi() {
    for (Kind kind : Kind.values()) {
      Fault fault = new Fault(kind, "because", 0, null, null);
      assertThat(fault.giveUp("reading X").getMessage()).contains("reading X: because");
      assertThat(fault.giveUp("X", true).kind())
          .isEqualTo(dev.tokenlife.spi.StoreException.Kind.UNKNOWN);
    }
  }

  private static Kind kind(Throwable failure) {
    return Faults.of(failure, false).kind();
  }

  private static @org.jspecify.annotations.Nullable Duration retryAfter(
      Map<String, String> headers) {
    return Faults.of(answered(503, headers), false).retryAfter();
  }

  private static HttpResponseException answered(int status, Map<String, String> headers) {
    HttpRequest request = new HttpRequest(HttpMethod.GET, "http://127.0.0.1/");
    return new HttpResponseException("said", FaultPolicy.response(request, status, headers, ""));
  }
}
