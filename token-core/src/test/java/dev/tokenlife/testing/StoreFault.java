package dev.tokenlife.testing;

/** What can become of a store call. */
public enum StoreFault {
  /** The store cannot be reached; nothing happens. Thrown as {@code UNAVAILABLE}. */
  UNAVAILABLE,
  /** The store asks for patience; nothing happens. Thrown as {@code THROTTLED}. */
  THROTTLED,
  /** The request never arrives; nothing happens. Thrown as {@code UNKNOWN}. */
  REQUEST_LOST,
  /** The write happens, its answer does not arrive. Thrown as {@code UNKNOWN}. */
  ANSWER_LOST,
  /**
   * The write happens later, at {@link FaultyStore#releaseDelayed()}, if it is still allowed then.
   * Thrown as {@code UNKNOWN} now.
   */
  DELAYED,
  /** The process ends before the call: this call and all later ones throw {@link ProcessKilled}. */
  KILLED_BEFORE,
  /** The process ends after the call: it happens, and then as {@link #KILLED_BEFORE}. */
  KILLED_AFTER
}
