package dev.tokenlife.examples.cluster.verdict;

import dev.tokenlife.examples.cluster.member.Ownership;
import dev.tokenlife.examples.cluster.member.Ownership.Gain;
import dev.tokenlife.examples.cluster.server.Ledger;
import dev.tokenlife.examples.cluster.server.Use;
import dev.tokenlife.examples.cluster.step.Incident;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** How long the shards of a process that went were without one. */
public final class TakeOvers {
  /** What a shard that nobody took counts as. */
  static final Duration NEVER = Duration.ofHours(1);

  private static final Duration REPORT = Duration.ofMillis(500);

  private final Ownership ownership;
  private final Ledger ledger;
  private final Duration dueAfter;

  /**
   * Looks at what happened.
   *
   * @param dueAfter how long after its issue a token may be due at the earliest
   */
  public TakeOvers(Ownership ownership, Ledger ledger, Duration dueAfter) {
    this.ownership = ownership;
    this.ledger = ledger;
    this.dueAfter = dueAfter;
  }

  /** Returns for each shard how long it was until another process owned it, in milliseconds. */
  public LongStream owned(List<Incident> incidents) {
    return incidents.stream()
        .flatMapToLong(
            incident ->
                incident.shards().stream()
                    .mapToLong(shard -> millis(incident, owner(incident, shard))));
  }

  /**
   * Returns for each shard how long it was until its new owner's first call, in milliseconds. A
   * shard in which nothing was due when it was taken over counts until it was.
   */
  public LongStream dispatched(List<Incident> incidents) {
    return incidents.stream()
        .flatMapToLong(
            incident -> incident.shards().stream().mapToLong(shard -> dispatch(incident, shard)));
  }

  private long dispatch(Incident incident, int shard) {
    Optional<Gain> gain = owner(incident, shard);
    if (gain.isEmpty()) {
      return NEVER.toMillis();
    }
    long from = gain.get().nanos() - REPORT.toNanos();
    Optional<Use> first =
        ledger.uses(use -> use.shard() == shard && use.node().equals(gain.get().node())).stream()
            .filter(use -> use.arrivedNanos() - from > 0)
            .findFirst();
    boolean wasDue =
        first.isPresent()
            && first.get().token().issuedNanos() + dueAfter.toNanos() - gain.get().nanos() < 0;
    return wasDue
        ? Duration.ofNanos(first.get().arrivedNanos() - incident.nanos()).toMillis()
        : millis(incident, gain);
  }

  private Optional<Gain> owner(Incident incident, int shard) {
    return ownership.takenAfter(incident.nanos(), shard, incident.node());
  }

  private static long millis(Incident incident, Optional<Gain> gain) {
    return gain.map(taken -> Duration.ofNanos(taken.nanos() - incident.nanos()).toMillis())
        .orElse(NEVER.toMillis());
  }
}
