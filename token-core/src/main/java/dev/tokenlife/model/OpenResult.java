package dev.tokenlife.model;

import java.util.Optional;

/** What opening a chain comes to. */
public sealed interface OpenResult {
  /**
   * The chain is open.
   *
   * @param chain its key
   * @param repeat whether the same request had opened it before
   * @param token its first token, for whoever opened it; empty if a repeat finds it replaced,
   *     expired or stopped
   */
  record Opened(ChainKey chain, boolean repeat, Optional<LiveToken> token) implements OpenResult {}

  /** Another request has opened a chain of this name. */
  record Conflict(ChainKey chain) implements OpenResult {}

  /** Nothing could be decided; ask again with the same request id. */
  record Busy(ChainKey chain) implements OpenResult {}
}
