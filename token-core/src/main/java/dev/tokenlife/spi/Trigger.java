package dev.tokenlife.spi;

/** Who started a refresh. */
public enum Trigger {
  /** Somebody asked for a token or acted on a chain. */
  CALLER,
  /** A timer reached the planned time. */
  TIMER,
  /** A queue of planned work. */
  QUEUE,
  /** One pass over everything that is due. */
  PASS
}
