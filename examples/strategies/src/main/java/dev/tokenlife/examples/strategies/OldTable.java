package dev.tokenlife.examples.strategies;

import java.util.HashMap;
import java.util.Map;

/** The table of the old strategies: one row per token, partitioned by session, only counted. */
final class OldTable {
  private final Map<String, Long> rows = new HashMap<>();
  private long operations;
  private long largestAnswer;

  /** Replaces a row in place. */
  void write() {
    operations++;
  }

  /** Adds a row to a partition. */
  void insert(String partition) {
    operations++;
    rows.merge(partition, 1L, Long::sum);
  }

  /** Reads a whole partition to find the newest row of one student. */
  void query(String partition) {
    operations++;
    largestAnswer = Math.max(largestAnswer, rows.getOrDefault(partition, 0L));
  }

  long operations() {
    return operations;
  }

  /** How many rows the largest answer to a query had. */
  long largestAnswer() {
    return largestAnswer;
  }
}
