package dev.tokenlife.examples.fleet.record;

import java.util.Map;

/**
 * What the fleet was like in one second.
 *
 * @param second which one
 * @param phase what was going on
 * @param queue how many refreshes wait, by class
 * @param sites the providers, by name
 * @param readsPerSecond how many tokens were read
 * @param refusedPerSecond how many of these reads were refused
 * @param readP99Millis how long reads took that had a usable token
 * @param deadLetters how many grants wait for somebody to sign in
 */
public record Sample(
    int second,
    String phase,
    Map<String, Integer> queue,
    Map<String, SiteSample> sites,
    long readsPerSecond,
    long refusedPerSecond,
    double readP99Millis,
    int deadLetters) {
  /**
   * One provider in that second.
   *
   * @param state what the guard says: closed, held back, open, half open, recovering, paused
   * @param down whether the provider really is down
   * @param calls how many calls reached it
   * @param granted how many tokens it has given so far
   * @param throttled how many calls it has answered with 429 so far
   * @param unavailable how many calls it has answered with 503 so far
   * @param refused how many grants it has refused so far
   * @param queued how many refreshes wait for it
   * @param p50Millis the median of the calls' latency
   * @param p99Millis the 99th percentile of it
   */
  public record SiteSample(
      String state,
      boolean down,
      int calls,
      long granted,
      long throttled,
      long unavailable,
      long refused,
      int queued,
      double p50Millis,
      double p99Millis) {}
}
