package dev.tokenlife.oauth2;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tokenlife.model.FailureKind;
import dev.tokenlife.model.Secret;
import dev.tokenlife.spi.FetchedToken;
import dev.tokenlife.spi.SourceException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads what a token endpoint answered (RFC 6749 sections 5.1 and 5.2). */
final class TokenAnswer {
  private static final Set<String> READ =
      Set.of("access_token", "token_type", "expires_in", "refresh_in", "refresh_token", "scope");

  private final HttpAnswer answer;
  private final TokenCall call;
  private final SourceSettings settings;
  private final Optional<ObjectNode> body;

  TokenAnswer(HttpAnswer answer, TokenCall call, SourceSettings settings) {
    this.answer = answer;
    this.call = call;
    this.settings = settings;
    this.body = answer.json(settings.maxResponseBytes);
  }

  /** Returns the token, or throws what the answer says instead. */
  FetchedToken token() {
    ObjectNode fields = body.filter(object -> answer.isSuccess()).orElseThrow(this::refusal);
    Optional<String> accessToken = text(fields, "access_token");
    if (accessToken.isEmpty()) {
      throw refusal();
    }
    if (!accessToken.get().matches("[\\x20-\\x7e]+")) {
      throw call.failure(call.lost(), "an access token with characters that no header can carry");
    }
    FetchedToken token =
        FetchedToken.of(accessToken.get(), lifetime(fields)).withAttributes(rest(fields));
    token =
        text(fields, "refresh_token").map(Secret::of).map(token::withRefreshToken).orElse(token);
    token = text(fields, "token_type").map(token::withType).orElse(token);
    token = scopes(fields).map(token::withScopes).orElse(token);
    return Lifetimes.read(fields.get("refresh_in"))
        .filter(hint -> !hint.isZero())
        .map(token::withRefreshIn)
        .orElse(token);
  }

  /** Returns the failure that an answer without a token is. */
  SourceException refusal() {
    Optional<String> code = body.flatMap(fields -> text(fields, "error"));
    Optional<Duration> wait = RetryAfter.read(answer.headers(), settings.time.wallMillis());
    if (answer.isSuccess() && code.isEmpty()) {
      return call.failure(call.lost(), "status " + answer.status() + " without a readable token");
    }
    FailureKind kind = ErrorKinds.of(answer.status(), code.orElse(null), wait.isPresent(), call);
    return call.failure(kind, describe(code), wait.orElse(null));
  }

  private String describe(Optional<String> code) {
    StringBuilder text = new StringBuilder("status ").append(answer.status());
    code.ifPresent(error -> text.append(", error ").append(call.redaction().clean(error)));
    body.flatMap(fields -> text(fields, "error_description"))
        .ifPresent(why -> text.append(" (").append(call.redaction().clean(why)).append(')'));
    if (answer.status() / 100 == 3) {
      text.append(", a redirect, which is not followed");
    }
    return text.toString();
  }

  private Duration lifetime(ObjectNode fields) {
    return Lifetimes.read(fields.get("expires_in")).orElse(settings.defaultLifetime);
  }

  private static Optional<String> text(ObjectNode fields, String name) {
    JsonNode value = fields.get(name);
    return value != null && value.isTextual()
        ? Optional.of(value.textValue()).filter(text -> !text.isBlank())
        : Optional.empty();
  }

  /** Section 3.3: one text, space separated; some servers send an array. */
  private static Optional<String> scopes(ObjectNode fields) {
    JsonNode value = fields.get("scope");
    if (value == null || !value.isArray()) {
      return text(fields, "scope");
    }
    StringBuilder joined = new StringBuilder();
    value.forEach(scope -> joined.append(joined.length() == 0 ? "" : " ").append(scope.asText()));
    return Optional.of(joined.toString()).filter(text -> !text.isBlank());
  }

  private static Map<String, String> rest(ObjectNode fields) {
    Map<String, String> rest = new TreeMap<>();
    for (Map.Entry<String, JsonNode> field : fields.properties()) {
      JsonNode value = field.getValue();
      if (!READ.contains(field.getKey()) && !value.isNull()) {
        rest.put(field.getKey(), value.isTextual() ? value.textValue() : value.toString());
      }
    }
    return rest;
  }
}
