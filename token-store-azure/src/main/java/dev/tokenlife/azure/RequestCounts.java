package dev.tokenlife.azure;

/**
 * How many requests a store has sent, every try counted. Each is one billable transaction.
 *
 * @param reads point reads
 * @param writes single inserts, replacements and deletions
 * @param batches entity group transactions
 * @param queries pages of queries
 * @param failures how many of all of these brought no usable answer or a refusal to serve
 */
public record RequestCounts(long reads, long writes, long batches, long queries, long failures) {
  /** Returns how many there were. */
  public long total() {
    return reads + writes + batches + queries;
  }

  /** Returns what came on top of an earlier count. */
  public RequestCounts since(RequestCounts earlier) {
    return new RequestCounts(
        reads - earlier.reads,
        writes - earlier.writes,
        batches - earlier.batches,
        queries - earlier.queries,
        failures - earlier.failures);
  }
}
