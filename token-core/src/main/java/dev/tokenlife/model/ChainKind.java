package dev.tokenlife.model;

/** Where a chain's tokens come from. */
public enum ChainKind {
  /** Made here, for a holder. */
  MINTED,
  /** Obtained from an upstream; no holder. */
  FETCHED
}
