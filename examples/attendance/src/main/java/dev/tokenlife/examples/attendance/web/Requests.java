package dev.tokenlife.examples.attendance.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.tokenlife.examples.attendance.lesson.RefusedException;
import dev.tokenlife.spi.StoreException;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every request passes here: routed, answered, and never left without an answer. */
final class Requests implements HttpHandler {
  private static final Logger log = LoggerFactory.getLogger(Requests.class);

  private final Router router;
  private final SignIns signIns;
  private final Activity activity;

  Requests(Router router, SignIns signIns, Activity activity) {
    this.router = router;
    this.signIns = signIns;
    this.activity = activity;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    Reply reply = answer(exchange);
    if (!reply.taken()) {
      send(exchange, reply);
    }
  }

  private Reply answer(HttpExchange exchange) {
    try {
      String path = exchange.getRequestURI().getRawPath();
      Optional<Router.Match> match = router.find(exchange.getRequestMethod(), path);
      if (match.isEmpty()) {
        return Reply.error(404, "NOT_FOUND", "There is nothing here.", Optional.empty());
      }
      Call call = new Call(exchange, match.get().path(), signIns.find(Call.credential(exchange)));
      return match.get().handler().handle(call);
    } catch (RefusedException refused) {
      return refusal(refused);
    } catch (StoreException failure) {
      activity.faulted();
      log.warn("The store failed", failure);
      return Reply.error(503, "STORE_UNAVAILABLE", "Try again.", Optional.of(failure.retryable()))
          .with("Retry-After", "1");
    } catch (RuntimeException failure) {
      activity.faulted();
      log.error("A request failed: {}", exchange.getRequestMethod(), failure);
      return Reply.error(500, "INTERNAL", "Something is broken here.", Optional.empty());
    }
  }

  private static Reply refusal(RefusedException refused) {
    int status =
        switch (refused.reason()) {
          case BAD_REQUEST -> 400;
          case NOT_SIGNED_IN -> 401;
          case FORBIDDEN -> 403;
          case NOT_FOUND -> 404;
          case CONFLICT -> 409;
          case GONE -> 410;
        };
    String message = String.valueOf(refused.getMessage());
    return Reply.error(status, refused.code(), message, Optional.empty());
  }

  private static void send(HttpExchange exchange, Reply reply) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readNBytes(64 * 1024);
      reply.headers().forEach(exchange.getResponseHeaders()::set);
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
      exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
      exchange
          .getResponseHeaders()
          .set(
              "Content-Security-Policy",
              "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'");
      int length = reply.body().length;
      exchange.sendResponseHeaders(reply.status(), length == 0 ? -1 : length);
      if (length > 0) {
        exchange.getResponseBody().write(reply.body());
      }
    }
  }
}
