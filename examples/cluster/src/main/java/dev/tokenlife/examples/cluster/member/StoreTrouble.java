package dev.tokenlife.examples.cluster.member;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** When a process said that the store did not take its results. Safe for use by many threads. */
public final class StoreTrouble {
  private final Map<String, List<Long>> held = new HashMap<>();
  private final List<Long> failed = new ArrayList<>();
  private long failures;

  /**
   * It said how it stands.
   *
   * @param unstored the grants whose results it has received and could not store for a while
   * @param requestsFailed how many of its requests to the store have failed so far
   */
  public synchronized void said(Set<String> unstored, long requestsFailed, long nanos) {
    for (String grant : unstored) {
      held.computeIfAbsent(grant, any -> new ArrayList<>()).add(nanos);
    }
    if (requestsFailed > failures) {
      failed.add(nanos);
      failures = requestsFailed;
    }
  }

  /**
   * Returns whether between two times it held a result for a grant and requests to the store
   * failed.
   */
  public synchronized boolean concerned(String grant, long from, long to) {
    return held(grant, from, to) && within(failed, from, to);
  }

  /** Returns whether it held a result for a grant between two times. */
  public synchronized boolean held(String grant, long from, long to) {
    return within(held.getOrDefault(grant, List.of()), from, to);
  }

  private static boolean within(List<Long> times, long from, long to) {
    return times.stream().anyMatch(at -> at - from >= 0 && to - at >= 0);
  }
}
