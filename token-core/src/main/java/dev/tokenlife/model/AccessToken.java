package dev.tokenlife.model;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A token obtained from an upstream, as callers see it. Immutable; prints without the secret. A
 * refresh token is never part of it.
 */
public final class AccessToken {
  /** As bytes, since a service may hold millions: the text is made when it is sent. */
  private final byte[] value;

  private final String type;
  private final String scopes;
  private final long generation;
  private final long expiresAt;

  /** Made by the refresh path and by tests; {@code expiresAt} in epoch milliseconds. */
  public AccessToken(Secret value, String type, String scopes, long generation, long expiresAt) {
    this.value = value.reveal().getBytes(StandardCharsets.UTF_8);
    this.type = type;
    this.scopes = scopes;
    this.generation = generation;
    this.expiresAt = expiresAt;
  }

  /** Returns the token itself. */
  public Secret value() {
    return Secret.of(text());
  }

  /** Returns the value of an {@code Authorization} header (RFC 6750 section 2.1). */
  public String bearer() {
    return "Bearer " + text();
  }

  /** Returns how the source says the token is presented, usually {@code Bearer}. */
  public String type() {
    return type;
  }

  /** Returns the granted scopes, space separated; empty if the source did not say. */
  public String scopes() {
    return scopes;
  }

  /** Returns the token's place in its chain. */
  public long generation() {
    return generation;
  }

  /** Returns when the server says it ends; it is served until some time before that. */
  public Instant expiresAt() {
    return Instant.ofEpochMilli(expiresAt);
  }

  /** Returns the same in epoch milliseconds. */
  public long expiresAtMillis() {
    return expiresAt;
  }

  private String text() {
    return new String(value, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "AccessToken[generation=" + generation + ", expiresAt=" + expiresAt() + ", redacted]";
  }
}
