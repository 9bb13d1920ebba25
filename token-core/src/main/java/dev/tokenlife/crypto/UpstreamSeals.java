package dev.tokenlife.crypto;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.Upstream;
import dev.tokenlife.spi.SecretSealer;
import org.jspecify.annotations.Nullable;

/** The secrets of an upstream at rest: under which names they are sealed, and how to seal anew. */
public final class UpstreamSeals {
  /** The field of the access token. */
  public static final String ACCESS = "access";

  /** The field of the refresh token. */
  public static final String REFRESH = "refresh";

  /** The field of everything else the source said. */
  public static final String ATTRIBUTES = "attributes";

  private UpstreamSeals() {}

  /**
   * Returns the same with every secret under the sealer's present key; what is under it already
   * stays as it is.
   *
   * @throws dev.tokenlife.model.TokenlifeException if one cannot be opened; says which
   */
  public static @Nullable Upstream renewed(
      @Nullable Upstream upstream, ChainKey key, SecretSealer sealer) {
    return upstream == null
        ? null
        : new Upstream(
            upstream.grantId(),
            renewed(upstream.accessToken(), key, ACCESS, sealer),
            renewed(upstream.refreshToken(), key, REFRESH, sealer),
            upstream.tokenType(),
            upstream.scopes(),
            renewed(upstream.attributes(), key, ATTRIBUTES, sealer),
            upstream.refreshAt(),
            upstream.resends(),
            upstream.lastUsedAt());
  }

  private static @Nullable String renewed(
      @Nullable String sealed, ChainKey key, String field, SecretSealer sealer) {
    return sealed == null || !sealer.stale(sealed)
        ? sealed
        : sealer.seal(sealer.open(sealed, key, field), key, field);
  }
}
