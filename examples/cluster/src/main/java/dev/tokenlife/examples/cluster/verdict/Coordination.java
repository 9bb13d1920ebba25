package dev.tokenlife.examples.cluster.verdict;

import dev.tokenlife.examples.cluster.member.Member;
import dev.tokenlife.examples.cluster.member.Members;
import dev.tokenlife.examples.cluster.member.Status;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** What it costs to divide the work, counted while nobody comes or goes. */
public final class Coordination {
  private final Members members;
  private final Map<String, Status> before = new HashMap<>();
  private long heartbeats;
  private long writes;
  private long pages;
  private boolean exact = true;

  public Coordination(Members members) {
    this.members = members;
  }

  /** Begins to count. */
  public void begin() {
    members.running().forEach(member -> before.put(member.name(), member.status()));
  }

  /** Ends counting. */
  public void end() {
    for (Member member : members.running()) {
      Status then = before.get(member.name());
      Status now = member.status();
      if (then != null) {
        count(
            now.heartbeats() - then.heartbeats(),
            now.leaseWrites() - then.leaseWrites(),
            now.leasePages() - then.leasePages(),
            now.requestFailures() - then.requestFailures());
      }
    }
  }

  /**
   * Returns whether each heartbeat cost one write and one page; the one under way and requests that
   * were sent again after a failure are left aside.
   */
  public boolean isExact() {
    return exact && heartbeats > 0;
  }

  /** Returns both per heartbeat. */
  public String figure() {
    return String.format(
        Locale.ROOT,
        "%.2f writes, %.2f pages (%d heartbeats)",
        writes / (double) Math.max(1, heartbeats),
        pages / (double) Math.max(1, heartbeats),
        heartbeats);
  }

  private void count(long beats, long written, long read, long failed) {
    heartbeats += beats;
    writes += written;
    pages += read;
    long slack = 1 + failed;
    exact &= Math.abs(written - beats) <= slack && Math.abs(read - beats) <= slack;
  }
}
