package dev.tokenlife;

import dev.tokenlife.model.AccessToken;
import dev.tokenlife.refresh.Handle;

/**
 * The fastest way to read one chain, for hot loops: a fresh token costs one volatile read and one
 * clock read, without a lookup. Safe for use by many threads; may be kept for the life of its
 * {@link Tokens}.
 */
public final class TokenHandle {
  private final Handle handle;

  TokenHandle(Handle handle) {
    this.handle = handle;
  }

  /**
   * Returns what {@link Tokens#get} would.
   *
   * @throws dev.tokenlife.model.TokenUnavailableException as there
   */
  public AccessToken get() {
    return handle.get();
  }
}
