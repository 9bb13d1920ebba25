package dev.tokenlife.oauth2;

import dev.tokenlife.model.FailureKind;
import dev.tokenlife.spi.SourceException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One call to an endpoint, as far as judging its failure needs it.
 *
 * @param endpoint who is called, and as which client
 * @param spends whether the request carries something that is used up by a success
 * @param personal whether the request speaks for one grant, and not for the client as a whole
 * @param redaction what must not be repeated
 */
record TokenCall(Endpoint endpoint, boolean spends, boolean personal, Redaction redaction) {
  /** The kind of a failure that leaves open whether the other side did what it was asked to. */
  FailureKind lost() {
    return spends ? FailureKind.AMBIGUOUS : FailureKind.TRANSIENT;
  }

  SourceException failure(FailureKind kind, String what) {
    return failure(kind, what, null);
  }

  /**
   * The failure without its cause: an exception of the connection may quote what the other side
   * sent, and that may be what we sent.
   */
  SourceException failure(FailureKind kind, String what, @Nullable Duration retryAfter) {
    String next =
        switch (kind) {
          case PERMANENT -> "; the grant is gone, somebody must sign in again";
          case CONFIG -> "; check the client's registration, credentials and settings";
          default -> "";
        };
    return new SourceException(
        kind,
        endpoint.name() + " gave client " + endpoint.clientId() + " nothing: " + what + next,
        retryAfter,
        null);
  }
}
