package dev.tokenlife.azure;

import java.util.concurrent.atomic.LongAdder;

/** Counts requests as they are sent. */
final class Counter {
  final LongAdder reads = new LongAdder();
  final LongAdder writes = new LongAdder();
  final LongAdder batches = new LongAdder();
  final LongAdder queries = new LongAdder();
  final LongAdder failures = new LongAdder();

  RequestCounts counts() {
    return new RequestCounts(
        reads.sum(), writes.sum(), batches.sum(), queries.sum(), failures.sum());
  }
}
