package dev.tokenlife.azure.backup;

import dev.tokenlife.model.Budgets;
import dev.tokenlife.model.ChainControl;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainKind;
import dev.tokenlife.model.ChainOrigin;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.ChainState;
import dev.tokenlife.model.Position;
import dev.tokenlife.spi.Companion;
import dev.tokenlife.spi.CompanionChange;
import dev.tokenlife.spi.TokenStore;
import dev.tokenlife.spi.TokenStore.Insertion;
import dev.tokenlife.spi.WriteResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One partition on its way into a store: chains with the companions that name them, and the other
 * companions at the end, with a carrier that is closed and removed at once. Holds the partition's
 * companions in memory. Used by one thread.
 */
final class ChainsOfPartition {
  private static final int MOST_CHAINS = 500;
  private static final int MOST_COMPANIONS = 90;

  private final TokenStore store;
  private final String partition;
  private final Redraw redraw = new Redraw();
  private final Map<String, List<Companion>> byChain = new HashMap<>();
  private final List<Companion> others = new ArrayList<>();
  private final List<Insertion> waiting = new ArrayList<>();

  ChainsOfPartition(TokenStore store, String partition) {
    this.store = store;
    this.partition = partition;
  }

  void companion(Companion companion) {
    if (companion instanceof Companion.HolderIndex index) {
      byChain.computeIfAbsent(index.chainId(), any -> new ArrayList<>()).add(companion);
    } else if (companion instanceof Companion.EffectRow row) {
      byChain
          .computeIfAbsent(row.effect().chain().id(), any -> new ArrayList<>())
          .add(companion);
    } else {
      others.add(companion);
    }
  }

  void chain(ChainRow row) {
    List<Companion> own = byChain.getOrDefault(row.key().id(), List.of());
    byChain.remove(row.key().id());
    int with = Math.min(own.size(), MOST_COMPANIONS);
    others.addAll(own.subList(with, own.size()));
    waiting.add(insertion(redraw.row(row), own.subList(0, with)));
  }

  boolean isFull() {
    return waiting.size() >= MOST_CHAINS;
  }

  /** Writes what is waiting; with the last of it, companions that no chain took along. */
  Progress flush(Progress progress, boolean whole) {
    Progress now = progress;
    List<WriteResult> results = store.insertAll(List.copyOf(waiting));
    for (int i = 0; i < results.size(); i++) {
      now = counted(now, waiting.get(i), results.get(i));
    }
    waiting.clear();
    if (whole) {
      byChain.values().forEach(others::addAll);
      byChain.clear();
      for (int from = 0; from < others.size(); from += MOST_COMPANIONS) {
        int to = Math.min(others.size(), from + MOST_COMPANIONS);
        now = carried(now, others.subList(from, to));
      }
      others.clear();
    }
    return now;
  }

  private Progress counted(Progress progress, Insertion insertion, WriteResult result) {
    Insertion sent = insertion;
    WriteResult answer = result;
    while (answer instanceof WriteResult.CompanionExists exists) {
      sent = without(sent, exists.companion());
      answer = store.insert(sent.row(), sent.companions());
    }
    return answer instanceof WriteResult.Written
        ? progress.plus(1, sent.companions().size(), 0, 0)
        : progress.plus(0, 0, 0, 1);
  }

  private Progress carried(Progress progress, List<Companion> companions) {
    Insertion sent = insertion(carrier(), companions);
    WriteResult answer = store.insert(sent.row(), sent.companions());
    while (answer instanceof WriteResult.CompanionExists exists) {
      sent = without(sent, exists.companion());
      if (sent.companions().isEmpty()) {
        return progress;
      }
      answer = store.insert(sent.row(), sent.companions());
    }
    if (answer instanceof WriteResult.Written written
        && !store.delete(sent.row().key(), written.version())) {
      throw new BackupException("the carrier " + sent.row().key() + " was changed by somebody");
    }
    return progress.plus(0, sent.companions().size(), 0, 0);
  }

  /** Over from the start: one that a crash leaves behind is cleaned up like any closed chain. */
  private ChainRow carrier() {
    ChainKey key = ChainKey.of(partition, "restore-" + redraw.random());
    return new ChainRow(
        key,
        new ChainOrigin(
            ChainKind.MINTED,
            "restore",
            "restore",
            null,
            0,
            redraw.random(),
            0,
            null,
            redraw.random()),
        new ChainControl(1, redraw.random(), null, ChainState.CLOSED, "restore", 0, 0),
        new Position(0, 0, null, null, null, 0),
        null,
        null,
        null,
        null,
        null,
        List.of(),
        Budgets.NONE);
  }

  private static Insertion insertion(ChainRow row, List<Companion> companions) {
    return new Insertion(row, companions.stream().map(CompanionChange::insert).toList());
  }

  private static Insertion without(Insertion insertion, Companion existing) {
    List<CompanionChange> rest =
        insertion.companions().stream()
            .filter(change -> !change.companion().sameRow(existing))
            .toList();
    return new Insertion(insertion.row(), rest);
  }
}
