package dev.tokenlife.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A chain to open.
 *
 * @param partition where
 * @param type one of the types the issuer was built with
 * @param holder its first holder
 * @param name a name of the caller's own, from which the id is derived; null for a random id
 * @param requestId tells a repeated request from a second one; null for a random one
 * @param holderKey the thumbprint of the holder's key; null for none
 * @param notAfter when the chain ends whatever happens; null for the type's own limit
 */
public record OpenRequest(
    String partition,
    String type,
    String holder,
    @Nullable String name,
    @Nullable String requestId,
    @Nullable String holderKey,
    @Nullable Instant notAfter) {
  /** A chain with a random id. */
  public static OpenRequest of(String partition, String type, String holder) {
    return new OpenRequest(partition, type, holder, null, null, null, null);
  }

  /** The same, named, so that the same request can be made again without a second chain. */
  public OpenRequest named(String chainName, String openRequestId) {
    return new OpenRequest(partition, type, holder, chainName, openRequestId, holderKey, notAfter);
  }

  /** The same, bound to the holder's key. */
  public OpenRequest boundTo(String keyThumbprint) {
    return new OpenRequest(partition, type, holder, name, requestId, keyThumbprint, notAfter);
  }

  /** The same, ending at a time. */
  public OpenRequest until(Instant end) {
    return new OpenRequest(partition, type, holder, name, requestId, holderKey, end);
  }
}
