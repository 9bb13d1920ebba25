package dev.tokenlife.model;

import java.time.Duration;

/**
 * How far a long piece of work is.
 *
 * @param done how many were tried
 * @param failed how many of them failed
 * @param total how many there are; zero if nobody has counted them
 * @param elapsed since it began
 */
public record Progress(long done, long failed, long total, Duration elapsed) {
  /** Returns how many are done per second. */
  public double rate() {
    return done / Math.max(1e-9, elapsed.toNanos() / 1e9);
  }

  /**
   * Returns how long the rest takes at the present rate; zero before anything is done, and if the
   * total is not known.
   */
  public Duration remaining() {
    return done == 0 || total <= done
        ? Duration.ZERO
        : Duration.ofMillis((long) ((total - done) / rate() * 1_000));
  }
}
