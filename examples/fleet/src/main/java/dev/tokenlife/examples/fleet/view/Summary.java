package dev.tokenlife.examples.fleet.view;

import dev.tokenlife.examples.fleet.record.Promise;
import dev.tokenlife.examples.fleet.record.Promise.Verdict;
import java.util.ArrayList;
import java.util.List;

/** What was promised, and what happened. */
public final class Summary {
  private Summary() {}

  /** Returns the lines. */
  public static List<String> of(List<Promise> promises) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("What was promised, and what happened");
    for (Promise promise : promises) {
      lines.add("");
      lines.add(mark(promise) + promise.what());
      lines.add("           promised  " + promise.promised());
      lines.add("           happened  " + promise.happened());
    }
    lines.add("");
    lines.add(kept(promises) ? "PASSED: every promise was kept" : "FAILED: see what is not KEPT");
    return lines;
  }

  /** Returns whether every promise was put to the test and kept. */
  public static boolean kept(List<Promise> promises) {
    return promises.stream().allMatch(promise -> promise.verdict() == Verdict.KEPT);
  }

  private static String mark(Promise promise) {
    return String.format("  %-9s", promise.verdict());
  }
}
