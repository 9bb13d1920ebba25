/**
 * Keys and what is made with them: the key ring, the codec of issued tokens, challenge codes and
 * the sealing of stored secrets. Plain JCA: HMAC-SHA-256, HKDF-SHA-256 (RFC 5869) and AES-256-GCM.
 *
 * <p>Nothing here reads a store, and everything may be called by many threads; reads take no lock.
 * Each thread keeps its own {@code Mac} and {@code Cipher} per key. No exception and no {@code
 * toString} carries a key, a tag or what was sealed.
 */
@NullMarked
package dev.tokenlife.crypto;

import org.jspecify.annotations.NullMarked;
