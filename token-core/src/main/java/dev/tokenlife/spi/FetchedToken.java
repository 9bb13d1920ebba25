package dev.tokenlife.spi;

import dev.tokenlife.model.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A source's answer. Immutable; the {@code with} methods return changed copies. What is left out
 * and was there before (refresh token, scopes) stays as it was in the chain.
 */
public final class FetchedToken {
  private final Secret accessToken;
  private final @Nullable Duration lifetime;
  private final @Nullable Instant expiresAt;
  private final @Nullable Secret refreshToken;
  private final String type;
  private final @Nullable String scopes;
  private final @Nullable Duration refreshIn;
  private final Map<String, String> attributes;

  private FetchedToken(
      Secret accessToken,
      @Nullable Duration lifetime,
      @Nullable Instant expiresAt,
      @Nullable Secret refreshToken,
      String type,
      @Nullable String scopes,
      @Nullable Duration refreshIn,
      Map<String, String> attributes) {
    this.accessToken = accessToken;
    this.lifetime = lifetime;
    this.expiresAt = expiresAt;
    this.refreshToken = refreshToken;
    this.type = type;
    this.scopes = scopes;
    this.refreshIn = refreshIn;
    this.attributes = attributes;
  }

  /** A token that lives this long, counted from before the request was sent. */
  public static FetchedToken of(String accessToken, Duration lifetime) {
    return new FetchedToken(
        Secret.of(accessToken), lifetime, null, null, "Bearer", null, null, Map.of());
  }

  /** A token that ends at a time the server stated by its own clock. */
  public static FetchedToken until(String accessToken, Instant expiresAt) {
    return new FetchedToken(
        Secret.of(accessToken), null, expiresAt, null, "Bearer", null, null, Map.of());
  }

  /** Adds the refresh token for the next call. */
  public FetchedToken withRefreshToken(Secret next) {
    return new FetchedToken(
        accessToken, lifetime, expiresAt, next, type, scopes, refreshIn, attributes);
  }

  /** States how the token is presented; {@code Bearer} if nothing is said. */
  public FetchedToken withType(String next) {
    return new FetchedToken(
        accessToken, lifetime, expiresAt, refreshToken, next, scopes, refreshIn, attributes);
  }

  /** States the granted scopes, space separated. */
  public FetchedToken withScopes(String next) {
    return new FetchedToken(
        accessToken, lifetime, expiresAt, refreshToken, type, next, refreshIn, attributes);
  }

  /** Passes on the server's hint when to refresh, counted from before the request was sent. */
  public FetchedToken withRefreshIn(Duration next) {
    return new FetchedToken(
        accessToken, lifetime, expiresAt, refreshToken, type, scopes, next, attributes);
  }

  /** Keeps whatever else the source said, sealed, with the chain. */
  public FetchedToken withAttributes(Map<String, String> next) {
    return new FetchedToken(
        accessToken,
        lifetime,
        expiresAt,
        refreshToken,
        type,
        scopes,
        refreshIn,
        new TreeMap<>(next));
  }

  /** Returns the access token. */
  public Secret accessToken() {
    return accessToken;
  }

  /**
   * Returns the expiry in epoch milliseconds, given when the request was sent. Absurd lifetimes end
   * at the end of time rather than overflow.
   */
  public long expiresAt(long sentAt) {
    if (expiresAt != null) {
      return saturatedMillis(expiresAt);
    }
    return lifetime == null ? sentAt : plus(sentAt, lifetime);
  }

  /** Returns the refresh token; null to keep the one the chain has. */
  public @Nullable Secret refreshToken() {
    return refreshToken;
  }

  /** Returns how the token is presented. */
  public String type() {
    return type;
  }

  /** Returns the granted scopes; null to keep what the chain has. */
  public @Nullable String scopes() {
    return scopes;
  }

  /** Returns the server's hint when to refresh; null if it gave none. */
  public @Nullable Duration refreshIn() {
    return refreshIn;
  }

  /** Returns what else the source said; may hold secrets. */
  public Map<String, String> attributes() {
    return Collections.unmodifiableMap(attributes);
  }

  @Override
  public String toString() {
    return "FetchedToken[redacted]";
  }

  private static long plus(long sentAt, Duration lifetime) {
    try {
      return Math.addExact(sentAt, lifetime.toMillis());
    } catch (ArithmeticException tooFar) {
      return lifetime.isNegative() ? 0 : Long.MAX_VALUE;
    }
  }

  private static long saturatedMillis(Instant instant) {
    try {
      return instant.toEpochMilli();
    } catch (ArithmeticException tooFar) {
      return instant.getEpochSecond() < 0 ? 0 : Long.MAX_VALUE;
    }
  }
}
