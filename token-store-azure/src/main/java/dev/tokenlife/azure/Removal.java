package dev.tokenlife.azure;

import com.azure.data.tables.models.TableEntity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Removes chains that were read a moment ago, with their places in the holder index. Each goes only
 * if its row is still the one that was read, so a chain that comes back to life meanwhile stays.
 */
final class Removal {
  /** What has to be read of each chain. */
  static final List<String> COLUMNS =
      List.of("PartitionKey", "RowKey", RowCodec.HOLDER, RowCodec.ENDS_AT);

  private final Table chains;
  private final Calls calls;
  private final @Nullable TokensView view;

  Removal(Table chains, Calls calls, @Nullable TokensView view) {
    this.chains = chains;
    this.calls = calls;
    this.view = view;
  }

  /** How many chains went, and how many could not. */
  record Tally(long removed, long kept) {
    Tally plus(Tally other) {
      return new Tally(removed + other.removed, kept + other.kept);
    }
  }

  /**
   * Removes up to half a batch of chains of one partition key: all together, or one by one.
   *
   * @throws dev.tokenlife.spi.StoreException if the service does not answer; what was removed stays
   *     removed
   */
  Tally remove(List<TableEntity> rows) {
    if (rows.size() > 1 && removed(rows, true)) {
      return new Tally(rows.size(), 0);
    }
    Tally tally = new Tally(0, 0);
    for (TableEntity row : rows) {
      // A place in the holder index that is missing already refuses the batch: it goes without.
      boolean gone = removed(List.of(row), true) || removed(List.of(row), false);
      tally = tally.plus(gone ? new Tally(1, 0) : new Tally(0, 1));
    }
    return tally;
  }

  private boolean removed(List<TableEntity> rows, boolean withIndex) {
    List<Op> ops = new ArrayList<>();
    for (TableEntity row : rows) {
      ops.add(Op.delete(row.getPartitionKey(), row.getRowKey(), row.getETag()));
      String holder = Entities.text(row, RowCodec.HOLDER);
      if (withIndex && holder != null) {
        ops.add(Op.delete(row.getPartitionKey(), Keys.holderPrefix(holder) + id(row)));
      }
    }
    String what =
        "clean-up of partition '" + rows.get(0).getPartitionKey() + "' of " + chains.name();
    try {
      calls.repeatable(what, deadline -> chains.batch(deadline, ops));
      hide(rows);
      return true;
    } catch (Fault refused) {
      boolean goneAlready = refused.kind() == Fault.Kind.MISSING && refused.index() == 0;
      return goneAlready && rows.size() == 1;
    }
  }

  private void hide(List<TableEntity> rows) {
    if (view != null) {
      rows.forEach(row -> view.hide(row.getPartitionKey(), id(row)));
    }
  }

  private static String id(TableEntity row) {
    return row.getRowKey().substring(Keys.CHAIN.length() + 1);
  }
}
