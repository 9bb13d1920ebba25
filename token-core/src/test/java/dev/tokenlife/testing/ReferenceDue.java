package dev.tokenlife.testing;

import dev.tokenlife.model.ChainKind;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.ChainState;
import dev.tokenlife.model.Upstream;
import dev.tokenlife.spi.DueListing;
import dev.tokenlife.spi.Page;
import dev.tokenlife.spi.StoredChain;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds what is due in a {@link ReferenceStore}. The cursor sorts as the chains do. */
record ReferenceDue(ReferenceStore store) implements DueListing {
  @Override
  public Page<DueChain> dueBefore(long before, Optional<String> cursor, int limit) {
    List<DueChain> rest =
        planned(before).stream()
            .filter(due -> cursor.isEmpty() || place(due).compareTo(cursor.get()) > 0)
            .sorted(Comparator.comparing(ReferenceDue::place))
            .toList();
    if (rest.size() <= limit) {
      return new Page<>(rest, Optional.empty());
    }
    return new Page<>(rest.subList(0, limit), Optional.of(place(rest.get(limit - 1))));
  }

  @Override
  public long planned() {
    return store.read(
        tables -> tables.rows.values().stream().filter(chain -> isPlanned(chain.row())).count());
  }

  private List<DueChain> planned(long before) {
    return store.read(
        tables ->
            tables.rows.values().stream()
                .map(StoredChain::row)
                .filter(row -> isPlanned(row) && refreshAt(row) < before)
                .map(row -> new DueChain(row.key(), refreshAt(row)))
                .toList());
  }

  private static boolean isPlanned(ChainRow row) {
    return row.origin().kind() == ChainKind.FETCHED
        && row.state() == ChainState.ACTIVE
        && row.upstream() != null;
  }

  private static long refreshAt(ChainRow row) {
    Upstream upstream = row.upstream();
    return upstream == null ? Long.MAX_VALUE : upstream.refreshAt();
  }

  /** Sorts by time, then by key: 16 hex digits order as numbers do, with the sign bit turned. */
  private static String place(DueChain due) {
    String partition = due.key().partition();
    return String.format("%016x", due.dueAt() ^ Long.MIN_VALUE)
        + partition.length()
        + ":"
        + partition
        + due.key().id();
  }
}
