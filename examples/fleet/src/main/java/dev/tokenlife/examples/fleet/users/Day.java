package dev.tokenlife.examples.fleet.users;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * When people read: more by day than by night, and in bursts, when a batch goes through a part of
 * them.
 *
 * @param length how long a day is
 * @param readEvery how often somebody who is awake reads, on average
 */
public record Day(Duration length, Duration readEvery) {
  private static final double AWAKE_ON_AVERAGE = 0.83;
  private static final double SWING = 0.17;

  /** A burst begins this often, and takes this part of it. */
  private static final Duration BURST_EVERY = Duration.ofSeconds(20);

  private static final double BURST_TAKES = 0.05;
  private static final int BURST_TIMES = 6;

  /** Returns which share of people is awake: a third less by night than at noon. */
  public double awake(Duration elapsed) {
    double part = elapsed.toMillis() / (double) length.toMillis();
    return AWAKE_ON_AVERAGE + SWING * Math.sin(2 * Math.PI * part);
  }

  /** Returns whether somebody who is awake reads within this step of time. */
  boolean reads(Duration elapsed, Duration step, SplittableRandom random) {
    double chance = step.toMillis() / (double) readEvery.toMillis();
    return random.nextDouble() < (isBurst(elapsed) ? BURST_TIMES * chance : chance);
  }

  private static boolean isBurst(Duration elapsed) {
    return elapsed.toMillis() % BURST_EVERY.toMillis() < BURST_EVERY.toMillis() * BURST_TAKES;
  }
}
