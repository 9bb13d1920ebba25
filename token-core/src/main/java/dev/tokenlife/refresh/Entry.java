package dev.tokenlife.refresh;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.spi.PlannedRefresh;
import dev.tokenlife.spi.RefreshEngine;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/** A chain in this process: what readers see, who flies, what went wrong last. */
final class Entry extends UseMark {
  private static final AtomicReferenceFieldUpdater<Entry, Snapshot> SNAPSHOT =
      AtomicReferenceFieldUpdater.newUpdater(Entry.class, Snapshot.class, "snapshot");

  @SuppressWarnings("rawtypes") // the updater's own signature
  private static final AtomicReferenceFieldUpdater<Entry, Flight> FLIGHT =
      AtomicReferenceFieldUpdater.newUpdater(Entry.class, Flight.class, "flight");

  private final ChainKey key;
  volatile Snapshot snapshot = Snapshot.NONE;
  private volatile @Nullable Flight flight;
  volatile @Nullable Trouble trouble;
  volatile boolean evicted;

  volatile boolean watched;

  /** What the engine gave for its plan of this chain. */
  private long ticket;

  private long plannedAt;

  private volatile @Nullable Pauses pauses;

  Entry(ChainKey key) {
    this.key = key;
  }

  ChainKey key() {
    return key;
  }

  /** Plans with the engine; one call after the other, with the ticket of the one before. */
  synchronized void plan(RefreshEngine engine, PlannedRefresh planned) {
    if (watched && !evicted) {
      ticket = engine.plan(key, planned, ticket);
      plannedAt = planned.armed() ? planned.at() : 0;
    }
  }

  synchronized void forget(RefreshEngine engine) {
    engine.forget(key, ticket);
    ticket = 0;
    plannedAt = 0;
  }

  /** Returns when the engine is to act, epoch milliseconds; 0 if nothing is planned. */
  synchronized long plannedAt() {
    return plannedAt;
  }

  synchronized String explain(RefreshEngine engine) {
    return engine.explain(key, ticket);
  }

  /** Shows a snapshot unless a newer one is shown already; returns the one that is shown. */
  Snapshot publish(Snapshot next) {
    while (true) {
      Snapshot shown = snapshot;
      boolean older =
          next.revision() < shown.revision()
              || (next.revision() == shown.revision() && next.staleAt() <= shown.staleAt());
      if (older) {
        return shown;
      }
      if (SNAPSHOT.compareAndSet(this, shown, next)) {
        return next;
      }
    }
  }

  /** Replaces exactly this snapshot; a concurrent publication wins. */
  boolean replace(Snapshot shown, Snapshot next) {
    return SNAPSHOT.compareAndSet(this, shown, next);
  }

  /** Returns what is put off for this chain; none yet if nothing ever was. */
  Pauses pauses() {
    Pauses known = pauses;
    return known != null ? known : firstPauses();
  }

  private synchronized Pauses firstPauses() {
    Pauses known = pauses;
    if (known == null) {
      known = new Pauses();
      pauses = known;
    }
    return known;
  }

  /** Returns whether the row could not be read a moment ago. */
  boolean isUnreadable(long now) {
    Pauses known = pauses;
    return known != null && now < known.unreadableUntil;
  }

  /** Returns whether a due refresh waits for a gap in the reads. */
  boolean isPaused(long now) {
    Pauses known = pauses;
    return known != null && now < known.refreshAfter;
  }

  /** Lets a due refresh wait until then; 0 for no longer. */
  void pauseUntil(long until) {
    if (until != 0 || pauses != null) {
      pauses().refreshAfter = until;
    }
  }

  @Nullable Flight flight() {
    return flight;
  }

  /** Returns the flight under way, or puts this one up. */
  Flight join(Flight mine) {
    while (true) {
      Flight underWay = flight;
      if (underWay != null) {
        return underWay;
      }
      if (FLIGHT.compareAndSet(this, null, mine)) {
        return mine;
      }
    }
  }

  void landed(Flight landed) {
    FLIGHT.compareAndSet(this, landed, null);
  }
}
