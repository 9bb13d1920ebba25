package dev.tokenlife.plan;

/** How many refreshes are planned already around a time. */
@FunctionalInterface
public interface Load {
  /** Nothing is planned. */
  Load NONE = at -> 0;

  /** Returns how many refreshes are planned for the second of this time (epoch milliseconds). */
  int at(long millis);
}
