package dev.tokenlife.sharing;

import java.time.Duration;

/**
 * How fast ownership moves.
 *
 * @param heartbeat how often a member writes and reads; 3 s
 * @param lease how long a heartbeat may stand still before its member is dead; 15 s
 * @param scan how often an owner looks for what is due in its shards; 10 s
 * @param lookAhead how far ahead it looks; longer than {@code scan}
 */
public record LeaseTimes(Duration heartbeat, Duration lease, Duration scan, Duration lookAhead) {
  /** 3 s, 15 s, 10 s, 60 s. */
  public static final LeaseTimes DEFAULT =
      new LeaseTimes(
          Duration.ofSeconds(3),
          Duration.ofSeconds(15),
          Duration.ofSeconds(10),
          Duration.ofSeconds(60));

  /** Refuses leases that a single missed heartbeat would lose, and scans that leave gaps. */
  public LeaseTimes {
    if (lease.compareTo(heartbeat.multipliedBy(3)) < 0 || lookAhead.compareTo(scan) <= 0) {
      throw new IllegalArgumentException(
          "a lease is at least three heartbeats, and lookAhead longer than scan; got "
              + heartbeat
              + ", "
              + lease
              + ", "
              + scan
              + ", "
              + lookAhead);
    }
  }
}
