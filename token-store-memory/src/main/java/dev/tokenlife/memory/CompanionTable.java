package dev.tokenlife.memory;

import dev.tokenlife.spi.Companion;
import dev.tokenlife.spi.CompanionChange;
import dev.tokenlife.spi.Effect;
import dev.tokenlife.spi.Page;
import dev.tokenlife.spi.StoreItem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The companions of all partitions, each kind in the order of its keys. Readers take no lock;
 * whoever changes something holds the lock of the partition, but for acknowledging.
 */
final class CompanionTable {
  static final String MARKERS = "markers";
  static final String EFFECTS = "effects";

  private final ConcurrentSkipListMap<Place, Companion> holders = sorted();
  private final ConcurrentSkipListMap<Place, Companion> markers = sorted();
  private final ConcurrentSkipListMap<Place, Companion> effects = sorted();

  /** Where a companion is: its partition and its key there. */
  private record Place(String partition, String first, String second, long number) {
    static final Comparator<Place> ORDER =
        Comparator.comparing(Place::partition)
            .thenComparing(Place::first)
            .thenComparing(Place::second)
            .thenComparingLong(Place::number);

    static Place of(String partition, Companion companion) {
      if (companion instanceof Companion.HolderIndex index) {
        return new Place(partition, index.holder(), index.chainId(), 0);
      }
      if (companion instanceof Companion.HeldBefore marker) {
        return new Place(partition, marker.holder(), "", 0);
      }
      Effect effect = ((Companion.EffectRow) companion).effect();
      return new Place(partition, effect.chain().id(), "", effect.seq());
    }

    static Place of(List<String> text) {
      return new Place(text.get(1), text.get(2), text.get(3), Long.parseLong(text.get(4)));
    }

    String text(String kind) {
      return PlaceText.join(kind, partition, first, second, Long.toString(number));
    }

    boolean isOf(String otherPartition) {
      return partition.equals(otherPartition);
    }
  }

  /** Returns a companion that exists although it is to be added. */
  Optional<Companion> clash(String partition, List<CompanionChange> changes) {
    for (CompanionChange change : changes) {
      if (change.op() == CompanionChange.Op.INSERT) {
        Companion there = of(change.companion()).get(Place.of(partition, change.companion()));
        if (there != null) {
          return Optional.of(there);
        }
      }
    }
    return Optional.empty();
  }

  /** Adds what is to be added; before the row is shown, so that no holder is ever missing. */
  void insert(String partition, List<CompanionChange> changes) {
    for (CompanionChange change : changes) {
      if (change.op() == CompanionChange.Op.INSERT) {
        of(change.companion()).put(Place.of(partition, change.companion()), change.companion());
      }
    }
  }

  /** Removes what is to be removed; after the row is shown. */
  void delete(String partition, List<CompanionChange> changes) {
    for (CompanionChange change : changes) {
      if (change.op() == CompanionChange.Op.DELETE) {
        remove(partition, change.companion());
      }
    }
  }

  void remove(String partition, Companion companion) {
    of(companion).remove(Place.of(partition, companion));
  }

  /** Forgets who ever held a chain of a partition. */
  void removeMarkers(String partition) {
    ConcurrentNavigableMap<Place, Companion> rest =
        markers.tailMap(new Place(partition, "", "", 0), true);
    rest.keySet().stream().takeWhile(place -> place.isOf(partition)).forEach(markers::remove);
  }

  /** Returns the ids of the chains somebody holds, from behind one on, in their order. */
  Iterable<String> heldBy(String partition, String holder, Optional<String> after) {
    Place from = new Place(partition, holder, after.orElse(""), 0);
    return () ->
        holders.tailMap(from, after.isEmpty()).keySet().stream()
            .takeWhile(place -> place.isOf(partition) && place.first().equals(holder))
            .map(Place::second)
            .iterator();
  }

  List<Effect> effects(String partition, int limit) {
    return effects.tailMap(new Place(partition, "", "", 0), true).entrySet().stream()
        .takeWhile(entry -> entry.getKey().isOf(partition))
        .limit(limit)
        .map(entry -> ((Companion.EffectRow) entry.getValue()).effect())
        .toList();
  }

  /**
   * Returns markers, and effects behind them.
   *
   * @param at one text for the beginning of a kind, five for a place within it
   */
  Page<StoreItem> items(List<String> at, int limit) {
    boolean marked = at.get(0).equals(MARKERS);
    ConcurrentSkipListMap<Place, Companion> kind = marked ? markers : effects;
    List<StoreItem> items = new ArrayList<>();
    Place last = null;
    for (Map.Entry<Place, Companion> entry :
        (at.size() == 1 ? kind : kind.tailMap(Place.of(at), false)).entrySet()) {
      if (last != null && items.size() == limit) {
        return new Page<>(items, Optional.of(last.text(at.get(0))));
      }
      last = entry.getKey();
      items.add(new StoreItem.Beside(last.partition(), entry.getValue()));
    }
    return new Page<>(items, marked ? Optional.of(PlaceText.join(EFFECTS)) : Optional.empty());
  }

  /** Returns how many companions there are, of all kinds. Costs a full pass. */
  long size() {
    return (long) holders.size() + markers.size() + effects.size();
  }

  private ConcurrentSkipListMap<Place, Companion> of(Companion companion) {
    if (companion instanceof Companion.HolderIndex) {
      return holders;
    }
    return companion instanceof Companion.HeldBefore ? markers : effects;
  }

  private static ConcurrentSkipListMap<Place, Companion> sorted() {
    return new ConcurrentSkipListMap<>(Place.ORDER);
  }
}
