package dev.tokenlife.oauth2;

import dev.tokenlife.model.FailureKind;
import dev.tokenlife.spi.SourceException;
import dev.tokenlife.time.TimeSource;
import java.io.IOException;
import java.net.http.HttpRequest;
import javax.net.ssl.SSLHandshakeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt: one POST and its answer, within a deadline that ends the exchange, body included.
 *
 * <p>It uses the blocking form of the client, on the calling thread: the asynchronous one completes
 * its answers on the common pool, where others may keep it waiting. Interrupting the thread ends
 * the exchange too; the thread stays interrupted, and an answer that is already there is returned.
 */
final class TokenPost {
  private static final Logger log = LoggerFactory.getLogger(TokenPost.class);

  private final SourceSettings settings;
  private final TokenCall call;
  private final Deadline deadline;
  private final OneTimeBody form;
  private final BoundedBody received;
  private final HttpRequest request;

  TokenPost(SourceSettings settings, TokenCall call, TokenForm form, Deadline deadline) {
    this.settings = settings;
    this.call = call;
    this.deadline = deadline;
    this.form = new OneTimeBody(form.encoded(), deadline);
    this.received = new BoundedBody(settings.maxResponseBytes);
    if (deadline.passed()) {
      throw notSent("the deadline passed");
    }
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(call.endpoint().uri())
            .timeout(deadline.left())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", "application/json")
            .POST(this.form);
    form.authorization().ifPresent(value -> builder.header("Authorization", value));
    this.request = builder.build();
  }

  HttpAnswer send() {
    // The request's own timeout ends with the headers of the answer; this one covers its body.
    TimeSource.Cancellable alarm = settings.time.schedule(deadline.left(), received::abort);
    try {
      settings.client().send(request, received);
      return answered();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return received.answer().orElseThrow(() -> lost("interrupted"));
    } catch (SSLHandshakeException nobodyWeTrust) {
      // The client may have queued the body by then, but only a finished handshake lets it out.
      throw notSent(describe(nobodyWeTrust));
    } catch (IOException | RuntimeException failure) {
      return received.answer().orElseThrow(() -> lost(describe(failure)));
    } finally {
      alarm.cancel();
    }
  }

  private HttpAnswer answered() {
    HttpAnswer answer = received.answer().orElseThrow(() -> lost("an answer without an end"));
    Endpoint endpoint = call.endpoint();
    log.debug("Called {} as {}: status={}", endpoint.name(), endpoint.clientId(), answer.status());
    return answer;
  }

  /** Without the body the other side has done nothing, so only a body that left can be spent. */
  private SourceException lost(String why) {
    return form.withdraw()
        ? notSent(why)
        : call.failure(call.lost(), why + ", after the request was sent");
  }

  private SourceException notSent(String why) {
    return call.failure(FailureKind.TRANSIENT, why + ", before anything was sent");
  }

  private String describe(Exception failure) {
    String name = failure.getClass().getSimpleName();
    String message = failure.getMessage();
    return message == null ? name : name + ": " + call.redaction().clean(message);
  }
}
