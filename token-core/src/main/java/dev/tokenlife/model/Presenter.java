package dev.tokenlife.model;

import org.jspecify.annotations.Nullable;

/**
 * Who presents a token.
 *
 * @param name who, as the application has authenticated them
 * @param requestId the client's own id of this request, so that a repeat is recognised; or null
 * @param keyThumbprint the thumbprint of the key the application saw proved (RFC 7638), or null
 */
public record Presenter(String name, @Nullable String requestId, @Nullable String keyThumbprint) {
  /** A presenter known by name alone. */
  public static Presenter of(String name) {
    return new Presenter(name, null, null);
  }
}
