package dev.tokenlife.spi;

/** How much a caller needs a refresh. */
public enum Demand {
  /** Nobody waits; somebody asked for it to be done some time. */
  BACKGROUND,
  /** The token is due but usable: the caller was served already. */
  DUE,
  /** No usable token: a caller waits. */
  BLOCKED
}
