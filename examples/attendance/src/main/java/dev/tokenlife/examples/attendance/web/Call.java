package dev.tokenlife.examples.attendance.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import dev.tokenlife.examples.attendance.lesson.Person;
import dev.tokenlife.examples.attendance.lesson.RefusedException;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One request: who asks, and for what. */
final class Call {
  static final String COOKIE = "attendance";
  private static final int LARGEST_BODY = 16 * 1024;
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?");

  private final HttpExchange exchange;
  private final Map<String, String> path;
  private final Optional<Person> person;
  private final Map<String, String> query;
  private @Nullable JsonNode body;

  Call(HttpExchange exchange, Map<String, String> path, Optional<Person> person) {
    this.exchange = exchange;
    this.path = path;
    this.person = person;
    this.query = parsed(exchange.getRequestURI().getRawQuery());
  }

  HttpExchange exchange() {
    return exchange;
  }

  /** Returns a part of the path, by its name in the route. */
  String path(String name) {
    String value = path.get(name);
    if (value == null) {
      throw new IllegalStateException("the route has no {" + name + "}");
    }
    return value;
  }

  Optional<String> query(String name) {
    return Optional.ofNullable(query.get(name)).filter(value -> !value.isEmpty());
  }

  Optional<Person> person() {
    return person;
  }

  Person signedIn() {
    return person.orElseThrow(
        () ->
            new RefusedException(
                RefusedException.Reason.NOT_SIGNED_IN, "NOT_SIGNED_IN", "Sign in first."));
  }

  /** Returns a text of the body; null if it is not there. */
  @Nullable String optional(String field) {
    JsonNode value = body().get(field);
    return value == null || !value.isTextual() ? null : value.asText();
  }

  String text(String field) {
    String value = optional(field);
    if (value == null) {
      throw missing(field + " must be a text.");
    }
    return value;
  }

  int number(String field) {
    JsonNode value = body().get(field);
    if (value == null || !value.isInt()) {
      throw missing(field + " must be a whole number.");
    }
    return value.asInt();
  }

  Optional<Long> optionalNumber(String field) {
    JsonNode value = body().get(field);
    return value == null || !value.isIntegralNumber()
        ? Optional.empty()
        : Optional.of(value.asLong());
  }

  /** Returns the address the browser uses for us, for links that others shall open. */
  String origin() {
    String host = exchange.getRequestHeaders().getFirst("Host");
    return host != null && HOST.matcher(host).matches()
        ? "http://" + host
        : "http://localhost:" + exchange.getLocalAddress().getPort();
  }

  private JsonNode body() {
    JsonNode parsed = body;
    if (parsed == null) {
      parsed = Json.parse(read());
      body = parsed;
    }
    return parsed;
  }

  /** A browser sends JSON to another site only after asking it, so no foreign page can post. */
  private String read() {
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    if (type == null || !type.startsWith("application/json")) {
      throw missing("The body must be sent as application/json.");
    }
    try {
      byte[] bytes = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
      if (bytes.length > LARGEST_BODY) {
        throw missing("The body is too large.");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException gone) {
      throw missing("The body could not be read.");
    }
  }

  /** Returns what the caller signed in with: the cookie, or a bearer token for other programs. */
  static @Nullable String credential(HttpExchange exchange) {
    String header = exchange.getRequestHeaders().getFirst("Authorization");
    if (header != null && header.startsWith("Bearer ")) {
      return header.substring("Bearer ".length()).strip();
    }
    for (String cookies : exchange.getRequestHeaders().getOrDefault("Cookie", List.of())) {
      for (String cookie : cookies.split(";", -1)) {
        if (cookie.strip().startsWith(COOKIE + "=")) {
          return cookie.strip().substring(COOKIE.length() + 1);
        }
      }
    }
    return null;
  }

  private static Map<String, String> parsed(@Nullable String raw) {
    Map<String, String> values = new HashMap<>();
    for (String pair : raw == null ? new String[0] : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        values.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
    return values;
  }

  static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException broken) {
      throw missing("The address is malformed.");
    }
  }

  private static RefusedException missing(String message) {
    return new RefusedException(RefusedException.Reason.BAD_REQUEST, "BAD_REQUEST", message);
  }
}
