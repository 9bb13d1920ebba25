package dev.tokenlife.plan;

import java.util.SplittableRandom;

/**
 * What a plan takes into account besides the token and its policy.
 *
 * @param load what is planned already
 * @param usage which times suit
 * @param seed spreads tokens that are otherwise alike; the same seed gives the same plan
 */
public record Circumstances(Load load, Usage usage, long seed) {
  SplittableRandom random() {
    return new SplittableRandom(seed);
  }
}
