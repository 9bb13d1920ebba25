package dev.tokenlife.azure;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpResponse;
import com.azure.data.tables.models.TableServiceError;
import com.azure.data.tables.models.TableTransactionFailedException;
import dev.tokenlife.azure.Fault.Kind;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.UnresolvedAddressException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells what a failure of the client means. The exception's class alone says nothing: the same
 * refusal arrives as one of six classes, a lost answer as anything from a timeout to a {@link
 * NullPointerException}. So status, error code and causes decide, in this order.
 */
final class Faults {
  private static final HttpHeaderName ERROR_CODE = HttpHeaderName.fromString("x-ms-error-code");
  private static final HttpHeaderName RETRY_MS = HttpHeaderName.fromString("retry-after-ms");
  private static final HttpHeaderName RETRY_X_MS = HttpHeaderName.fromString("x-ms-retry-after-ms");

  private static final Map<String, Kind> BY_CODE =
      Map.ofEntries(
          Map.entry("EntityAlreadyExists", Kind.EXISTS),
          Map.entry("TableAlreadyExists", Kind.EXISTS),
          Map.entry("UpdateConditionNotSatisfied", Kind.PRECONDITION),
          Map.entry("ConditionNotMet", Kind.PRECONDITION),
          Map.entry("ResourceNotFound", Kind.MISSING),
          Map.entry("EntityNotFound", Kind.MISSING),
          Map.entry("TableNotFound", Kind.NO_TABLE),
          Map.entry("TableBeingDeleted", Kind.BEING_DELETED),
          Map.entry("ServerBusy", Kind.THROTTLED),
          Map.entry("TooManyRequests", Kind.THROTTLED),
          Map.entry("OperationTimedOut", Kind.LOST),
          Map.entry("InternalError", Kind.LOST),
          Map.entry("AuthenticationFailed", Kind.UNAUTHORIZED),
          Map.entry("AuthorizationFailure", Kind.UNAUTHORIZED),
          Map.entry("AuthorizationPermissionMismatch", Kind.UNAUTHORIZED));

  private Faults() {}

  /**
   * Classifies what a call of the client threw.
   *
   * @param query whether it was a query: only a missing table answers one with 404
   */
  static Fault of(Throwable failure, boolean query) {
    if (caused(failure, InterruptedException.class)
        || caused(failure, ClosedByInterruptException.class)) {
      Thread.currentThread().interrupt();
      return new Fault(Kind.INTERRUPTED, "interrupted while waiting", -1, null, failure);
    }
    if (failure instanceof HttpResponseException answered) {
      return ofAnswer(answered, query);
    }
    if (caused(failure, LinkageError.class)) {
      return new Fault(Kind.BROKEN, "an answer in XML could not be read", -1, null, failure);
    }
    if (neverSent(failure)) {
      return new Fault(Kind.NOT_SENT, "no connection (" + brief(failure) + ")", -1, null, failure);
    }
    return new Fault(Kind.LOST, "no usable answer (" + brief(failure) + ")", -1, null, failure);
  }

  private static Fault ofAnswer(HttpResponseException failure, boolean query) {
    HttpResponse response = failure.getResponse();
    String code = code(failure, response);
    int index = index(failure);
    if (response == null || index > 0) {
      Kind kind = failure instanceof ClientAuthenticationException ? Kind.UNAUTHORIZED : Kind.LOST;
      Kind known = code == null ? kind : BY_CODE.getOrDefault(code, Kind.REJECTED);
      return new Fault(known, "answered " + code, index, null, failure);
    }
    int status = response.getStatusCode();
    Kind kind = byStatus(status, code, query);
    return new Fault(
        kind,
        "answered " + status + (code == null ? "" : " " + code),
        index,
        retryAfter(response),
        failure);
  }

  private static Kind byStatus(int status, @Nullable String code, boolean query) {
    @Nullable Kind known = code == null ? null : BY_CODE.get(code);
    return switch (status) {
      case 401, 403 -> Kind.UNAUTHORIZED;
      case 404 -> known == Kind.NO_TABLE || query ? Kind.NO_TABLE : Kind.MISSING;
      case 409 -> known == null ? Kind.EXISTS : known;
      case 412 -> Kind.PRECONDITION;
      case 408, 429, 503 -> Kind.THROTTLED;
      default -> status >= 400 && status < 500 ? Kind.REJECTED : Kind.LOST;
    };
  }

  private static @Nullable String code(
      HttpResponseException failure, @Nullable HttpResponse response) {
    if (failure.getValue() instanceof TableServiceError error && error.getErrorCode() != null) {
      return error.getErrorCode().toString();
    }
    return response == null ? null : response.getHeaderValue(ERROR_CODE);
  }

  private static int index(HttpResponseException failure) {
    if (failure instanceof TableTransactionFailedException batch) {
      Integer index = batch.getFailedTransactionActionIndex();
      return index == null ? -1 : index;
    }
    return 0;
  }

  /** Returns how long the service asks to wait; accepts milliseconds, seconds and a date. */
  static @Nullable Duration retryAfter(HttpResponse response) {
    for (HttpHeaderName name : new HttpHeaderName[] {RETRY_MS, RETRY_X_MS}) {
      String millis = response.getHeaderValue(name);
      if (millis != null && millis.matches("\\d{1,9}")) {
        return Duration.ofMillis(Long.parseLong(millis));
      }
    }
    String after = response.getHeaderValue(HttpHeaderName.RETRY_AFTER);
    if (after == null) {
      return null;
    }
    if (after.matches("\\d{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(after));
    }
    return untilDate(after, response.getHeaderValue(HttpHeaderName.DATE));
  }

  /** Takes both dates from the service, so that our own clock does not matter. */
  private static @Nullable Duration untilDate(String after, @Nullable String date) {
    if (date == null) {
      return null;
    }
    try {
      Duration wait =
          Duration.between(
              OffsetDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME),
              OffsetDateTime.parse(after, DateTimeFormatter.RFC_1123_DATE_TIME));
      return wait.isNegative() ? Duration.ZERO : wait;
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static boolean neverSent(Throwable failure) {
    return caused(failure, ConnectException.class)
        || caused(failure, UnknownHostException.class)
        || caused(failure, UnresolvedAddressException.class)
        || caused(failure, HttpConnectTimeoutException.class);
  }

  private static boolean caused(Throwable failure, Class<? extends Throwable> by) {
    Throwable at = failure;
    for (int depth = 0; at != null && depth < 20; depth++) {
      if (by.isInstance(at)) {
        return true;
      }
      at = at.getCause();
    }
    return false;
  }

  private static String brief(Throwable failure) {
    Throwable root = failure;
    for (int depth = 0; root.getCause() != null && depth < 20; depth++) {
      root = root.getCause();
    }
    return root.getClass().getSimpleName();
  }
}
