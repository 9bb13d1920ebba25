package dev.tokenlife.refresh;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.sharing.Sharing;
import dev.tokenlife.spi.DueListing.DueChain;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The other processes, if there are any: who of us does what, under which name, for how long. */
final class Peers {
  private static final Duration TIME_TO_STORE = Duration.ofSeconds(3);

  private final @Nullable Sharing sharing;
  private final String alone;
  private final Duration callDeadline;

  /**
   * The others.
   *
   * @param sharing how work is divided; null if it is not
   * @param alone this process's name in claims then
   * @param callDeadline how long a call may take at most
   */
  Peers(@Nullable Sharing sharing, String alone, Duration callDeadline) {
    this.sharing = sharing;
    this.alone = alone;
    this.callDeadline = callDeadline;
  }

  boolean exist() {
    return sharing != null;
  }

  void join(Consumer<DueChain> due) {
    if (sharing != null) {
      sharing.start(due);
    }
  }

  /** This process's name in claims. */
  String incarnation() {
    return sharing == null ? alone : sharing.incarnation();
  }

  /** Returns whether the owner of a claim is known to be gone. */
  boolean isDead(String owner) {
    return sharing != null && sharing.isDead(owner);
  }

  /** Returns whether this process refreshes a chain by itself; with others, only in its shards. */
  boolean isOurs(ChainKey key) {
    return sharing == null || sharing.owns(key);
  }

  /** How long a call under a claim may take: nobody may give this process up meanwhile. */
  Duration claimedCallDeadline() {
    if (sharing == null) {
      return callDeadline;
    }
    Duration leased = sharing.remaining().minus(TIME_TO_STORE);
    return leased.compareTo(callDeadline) < 0 ? leased : callDeadline;
  }

  void describe(Map<String, Object> status) {
    if (sharing != null) {
      status.put("sharing", sharing.status());
    }
  }

  /** Leaves the shards to the others. */
  void drain(Duration timeout) {
    if (sharing != null) {
      sharing.drain(timeout);
    }
  }

  /** Leaves; if something is under way still, the others wait until the lease is over. */
  void leave(boolean idle, Duration timeout) {
    if (sharing != null) {
      sharing.leave(idle, timeout);
    }
  }
}
