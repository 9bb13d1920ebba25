package dev.tokenlife.testing;

/**
 * Stands for the end of the process: what catches exceptions must not catch it. The store behind
 * keeps what was written.
 */
public final class ProcessKilled extends Error {
  private static final long serialVersionUID = 1L;

  ProcessKilled(StoreCall call, long number) {
    super("killed at store call " + number + ", " + call);
  }
}
