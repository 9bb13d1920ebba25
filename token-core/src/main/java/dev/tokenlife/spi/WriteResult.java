package dev.tokenlife.spi;

import java.util.Optional;

/** What became of a conditional write. A lost race is an answer. */
public sealed interface WriteResult {
  /**
   * The write is durable.
   *
   * @param version the row's version from now on
   */
  record Written(String version) implements WriteResult {}

  /**
   * Somebody else was first; nothing was written.
   *
   * @param current the row as it is now; empty if there is none
   */
  record Lost(Optional<StoredChain> current) implements WriteResult {}

  /**
   * A companion that had to be absent is there; nothing was written.
   *
   * @param companion the one that exists
   */
  record CompanionExists(Companion companion) implements WriteResult {}
}
