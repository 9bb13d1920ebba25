package dev.tokenlife.oauth2;

import dev.tokenlife.model.FailureKind;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an error answer means for us. A status that asks to wait wins, then a known error code
 * whatever the status (some servers answer errors with 200), then the status alone.
 */
final class ErrorKinds {
  private static final Map<String, FailureKind> BY_CODE =
      Map.ofEntries(
          // RFC 6749 section 5.2
          Map.entry("invalid_grant", FailureKind.PERMANENT),
          Map.entry("invalid_client", FailureKind.CONFIG),
          Map.entry("unauthorized_client", FailureKind.CONFIG),
          Map.entry("unsupported_grant_type", FailureKind.CONFIG),
          Map.entry("invalid_scope", FailureKind.CONFIG),
          // RFC 8693 section 2.2.2
          Map.entry("invalid_target", FailureKind.CONFIG),
          // RFC 6749 section 4.1.2.1, RFC 8628 section 3.5
          Map.entry("access_denied", FailureKind.PERMANENT),
          Map.entry("temporarily_unavailable", FailureKind.TRANSIENT),
          Map.entry("slow_down", FailureKind.THROTTLED),
          // OpenID Connect Core section 3.1.2.6, at token endpoints too
          Map.entry("interaction_required", FailureKind.PERMANENT),
          Map.entry("login_required", FailureKind.PERMANENT),
          Map.entry("consent_required", FailureKind.PERMANENT),
          // What large providers say instead, with status 200
          Map.entry("bad_refresh_token", FailureKind.PERMANENT),
          Map.entry("bad_verification_code", FailureKind.PERMANENT),
          Map.entry("invalid_refresh_token", FailureKind.PERMANENT),
          Map.entry("token_revoked", FailureKind.PERMANENT),
          Map.entry("incorrect_client_credentials", FailureKind.CONFIG));

  private ErrorKinds() {}

  /**
   * Returns the kind.
   *
   * @param code the {@code error} of the body; null if it has none
   * @param toldToWait whether the answer carries a readable {@code Retry-After}
   */
  static FailureKind of(int status, @Nullable String code, boolean toldToWait, TokenCall call) {
    FailureKind kind = kind(status, code, call);
    return kind == FailureKind.TRANSIENT && toldToWait ? FailureKind.THROTTLED : kind;
  }

  private static FailureKind kind(int status, @Nullable String code, TokenCall call) {
    if (status == 429) {
      return FailureKind.THROTTLED;
    }
    if (status == 503) {
      return FailureKind.TRANSIENT;
    }
    if (code != null) {
      if (code.equals("invalid_request")) {
        // RFC 8693 section 2.2.2 says this of a bad subject token, RFC 6749 of a bad client.
        return call.personal() ? FailureKind.PERMANENT : FailureKind.CONFIG;
      }
      if (code.equals("server_error")) {
        return call.lost();
      }
      FailureKind known = BY_CODE.get(code);
      if (known != null) {
        return known;
      }
    }
    return byStatus(status, call);
  }

  private static FailureKind byStatus(int status, TokenCall call) {
    if (status == 401) {
      return FailureKind.CONFIG;
    }
    return status >= 500 ? call.lost() : FailureKind.TRANSIENT;
  }
}
