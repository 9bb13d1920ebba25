package dev.tokenlife.spi;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.Secret;

/**
 * Seals the secrets of an upstream before they reach a store. What was sealed for one chain and
 * field opens for no other. Safe for use by many threads.
 */
public interface SecretSealer {
  /** Returns an authenticated ciphertext as text; different for every call. */
  String seal(Secret secret, ChainKey key, String field);

  /**
   * Returns what was sealed.
   *
   * @throws dev.tokenlife.model.TokenlifeException if it was not sealed by this sealer's keys, for
   *     this chain and field; says which key is missing, never what was found
   */
  Secret open(String sealed, ChainKey key, String field);

  /** Returns whether {@link #seal} would use another key today. */
  boolean stale(String sealed);
}
