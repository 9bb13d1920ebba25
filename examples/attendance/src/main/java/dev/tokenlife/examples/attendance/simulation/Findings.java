package dev.tokenlife.examples.attendance.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** What went wrong, as the class saw it: the first of it in words, all of it in number. */
final class Findings {
  private static final int WORDS = 20;

  private final List<String> first = new ArrayList<>();
  private final LongAdder count = new LongAdder();
  private final LongAdder requests = new LongAdder();

  synchronized void add(String what) {
    count.increment();
    if (first.size() < WORDS) {
      first.add(what);
    }
  }

  void requested() {
    requests.increment();
  }

  long requests() {
    return requests.sum();
  }

  long count() {
    return count.sum();
  }

  synchronized List<String> first() {
    return List.copyOf(first);
  }
}
