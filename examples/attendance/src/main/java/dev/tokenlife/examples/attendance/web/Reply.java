package dev.tokenlife.examples.attendance.web;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What is sent back: a status, headers and a body, or nothing where the handler answers later. */
final class Reply {
  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;

  private Reply(int status, Map<String, String> headers, byte[] body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  int status() {
    return status;
  }

  Map<String, String> headers() {
    return headers;
  }

  byte[] body() {
    return body;
  }

  /** Returns whether the handler answers by itself. */
  boolean taken() {
    return status == 0;
  }

  static Reply json(int status, Object value) {
    return new Reply(
        status, Map.of("Content-Type", "application/json; charset=utf-8"), Json.bytes(value));
  }

  static Reply ok(Object value) {
    return json(200, value);
  }

  static Reply text(String type, String text) {
    return new Reply(200, Map.of("Content-Type", type), text.getBytes(StandardCharsets.UTF_8));
  }

  static Reply file(String type, byte[] content) {
    return new Reply(200, Map.of("Content-Type", type), content);
  }

  static Reply redirect(String to) {
    return new Reply(303, Map.of("Location", to), new byte[0]);
  }

  static Reply later() {
    return new Reply(0, Map.of(), new byte[0]);
  }

  static Reply error(int status, String code, String message, Optional<Boolean> askAgain) {
    Map<String, Object> body = new HashMap<>();
    body.put("error", code);
    body.put("message", message);
    askAgain.ifPresent(again -> body.put("askAgain", again));
    return json(status, body);
  }

  Reply with(String header, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(header, value);
    return new Reply(status, more, body);
  }
}
