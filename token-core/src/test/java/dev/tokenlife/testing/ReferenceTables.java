package dev.tokenlife.testing;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.spi.Companion;
import dev.tokenlife.spi.CompanionChange;
import dev.tokenlife.spi.Lease;
import dev.tokenlife.spi.StoredChain;
import dev.tokenlife.spi.WriteResult;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The rows, companions and leases of a {@link ReferenceStore}; guarded by its lock. */
final class ReferenceTables {
  final SortedMap<ChainKey, StoredChain> rows =
      new TreeMap<>(Comparator.comparing(ChainKey::partition).thenComparing(ChainKey::id));

  final SortedMap<String, Lease> leases = new TreeMap<>();

  private final Map<String, Map<Object, Companion>> companions = new HashMap<>();
  private long versions;

  private record EffectKey(String chainId, long seq) {}

  /** Returns the companions of a partition by their keys. */
  Map<Object, Companion> companions(String partition) {
    return companions.computeIfAbsent(partition, any -> new LinkedHashMap<>());
  }

  /** Returns the partitions that have, or had, companions. */
  Set<String> partitions() {
    return companions.keySet();
  }

  /** Writes all of it, unless a companion that must be absent is there. */
  WriteResult write(ChainRow row, List<CompanionChange> changes) {
    Map<Object, Companion> there = companions(row.key().partition());
    for (CompanionChange change : changes) {
      Companion existing = there.get(key(change.companion()));
      if (change.op() == CompanionChange.Op.INSERT && existing != null) {
        return new WriteResult.CompanionExists(existing);
      }
    }
    for (CompanionChange change : changes) {
      if (change.op() == CompanionChange.Op.INSERT) {
        there.put(key(change.companion()), change.companion());
      } else {
        there.remove(key(change.companion()));
      }
    }
    String version = nextVersion();
    rows.put(row.key(), new StoredChain(row, version));
    return new WriteResult.Written(version);
  }

  /** Returns a version that nothing has had before. */
  String nextVersion() {
    return "v" + ++versions;
  }

  /** Returns what makes two companions the same one. */
  static Object key(Companion companion) {
    if (companion instanceof Companion.EffectRow row) {
      return new EffectKey(row.effect().chain().id(), row.effect().seq());
    }
    return companion;
  }
}
