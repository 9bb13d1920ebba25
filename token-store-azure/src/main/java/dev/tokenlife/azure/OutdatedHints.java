package dev.tokenlife.azure;

import dev.tokenlife.azure.DueHints.Place;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * Hints that a committed write outdated. They are removed together before the next listing, a
 * hundred of one partition in one request, instead of one request for every refresh. Bounded: what
 * does not fit is left for listings to find.
 */
final class OutdatedHints {
  private static final int MOST = 10_000;

  private final Table table;
  private final Calls calls;
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<Place> places = new LinkedHashSet<>();

  OutdatedHints(Table table, Calls calls) {
    this.table = table;
    this.calls = calls;
  }

  void add(Place place) {
    lock.lock();
    try {
      if (places.size() < MOST) {
        places.add(place);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes back a removal: the hint is about to be written again. */
  void keep(Place place) {
    lock.lock();
    try {
      places.remove(place);
    } finally {
      lock.unlock();
    }
  }

  /** Removes them all. Gives up quietly: listings drop stale hints too. */
  void flush() {
    Map<String, List<Place>> byPartition =
        taken().stream().collect(Collectors.groupingBy(Place::partitionKey));
    for (List<Place> together : byPartition.values()) {
      for (int from = 0; from < together.size(); from += Batches.MAX_ROWS) {
        List<Place> some =
            together.subList(from, Math.min(together.size(), from + Batches.MAX_ROWS));
        if (!removedTogether(some) && !removedOneByOne(some)) {
          return;
        }
      }
    }
  }

  private List<Place> taken() {
    lock.lock();
    try {
      List<Place> taken = new ArrayList<>(places);
      places.clear();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private boolean removedTogether(List<Place> some) {
    if (some.size() == 1) {
      return false;
    }
    try {
      table.batch(
          calls.deadline(),
          some.stream().map(p -> Op.delete(p.partitionKey(), p.rowKey())).toList());
      return true;
    } catch (Fault fault) {
      return false;
    }
  }

  private boolean removedOneByOne(List<Place> some) {
    Deadline deadline = calls.deadline();
    try {
      for (Place place : some) {
        table.delete(deadline, place.partitionKey(), place.rowKey());
      }
      return true;
    } catch (Fault fault) {
      return false;
    }
  }
}
