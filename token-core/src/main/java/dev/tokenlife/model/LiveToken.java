package dev.tokenlife.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A token of an issued chain, as its holder sees it. Prints without the token and the codes.
 *
 * @param chain the chain
 * @param type the chain's type
 * @param token the token itself
 * @param seq how many hand-overs were before it
 * @param generation its place in the chain
 * @param issuedAt when it was minted
 * @param expiresAt when it ends; it is good strictly before that
 * @param pollAfter how long this token stays the newest if nothing happens: asking earlier shows
 *     the same, asking later costs nothing but time
 * @param codes the confirmation codes of those who scanned it, for the holder to show
 */
public record LiveToken(
    ChainKey chain,
    String type,
    Secret token,
    long seq,
    long generation,
    Instant issuedAt,
    Instant expiresAt,
    Duration pollAfter,
    List<PendingCode> codes) {
  /** Copies the list. */
  public LiveToken {
    codes = List.copyOf(codes);
  }

  /**
   * A code to show to a scanner.
   *
   * @param scanner who asked for it
   * @param code the digits
   * @param expiresAt when it ends
   */
  public record PendingCode(String scanner, Secret code, Instant expiresAt) {}
}
