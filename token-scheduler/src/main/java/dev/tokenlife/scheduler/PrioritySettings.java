package dev.tokenlife.scheduler;

/**
 * How the priority engine divides its work.
 *
 * @param capacity the most refreshes that wait
 * @param workers the most refreshes that run at a time, over all upstreams
 * @param perUpstream the most that run at a time for one upstream
 * @param reserved how many of those are kept for planned work when callers flood in
 * @param keep for which chains a refresh is started ahead of time
 */
public record PrioritySettings(
    int capacity, int workers, int perUpstream, int reserved, Keep keep) {
  /** 2 million, 64, 32, 4, if used. */
  public static final PrioritySettings DEFAULT =
      new PrioritySettings(2_000_000, 64, 32, 4, Keep.IF_USED);

  /** Refuses limits that leave no work possible. */
  public PrioritySettings {
    if (capacity < 1 || workers < 1 || perUpstream < 1) {
      throw new IllegalArgumentException("capacity, workers and perUpstream must be at least 1");
    }
    if (reserved < 0 || reserved >= perUpstream) {
      throw new IllegalArgumentException(
          "reserved " + reserved + " must leave a permit of perUpstream " + perUpstream);
    }
  }

  /** The same with another number of refreshes at a time, over all and per upstream. */
  public PrioritySettings concurrency(int all, int each) {
    return new PrioritySettings(capacity, all, each, Math.min(reserved, each - 1), keep);
  }

  /** The same with another bound. */
  public PrioritySettings capacity(int most) {
    return new PrioritySettings(most, workers, perUpstream, reserved, keep);
  }

  /** The same for other chains. */
  public PrioritySettings keep(Keep which) {
    return new PrioritySettings(capacity, workers, perUpstream, reserved, which);
  }
}
