package dev.tokenlife.backup;

import dev.tokenlife.model.ChainRow;
import dev.tokenlife.spi.StoreContents;
import dev.tokenlife.spi.StoreItem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Lines on their way into a store, some thousands at a time, so that those of one partition arrive
 * together. Used by one thread.
 */
final class Arrivals {
  /** Enough, if a partition ends here. */
  private static final int ENOUGH = 1_000;

  /** Too many, wherever it is. */
  private static final int MOST = 10_000;

  /** A row may have up to a quarter of a megabyte: what is waiting must not fill the memory. */
  private static final int MOST_WEIGHT = 16_000_000;

  private final StoreContents contents;
  private final @Nullable PlainTables plain;
  private final Renewal renewal = new Renewal();
  private final List<StoreItem> items = new ArrayList<>();
  private final Map<String, List<PlainRow>> rows = new LinkedHashMap<>();
  private String partition = "";
  private int waiting;
  private long weight;
  private long done;
  private long present;

  Arrivals(StoreContents contents, @Nullable PlainTables plain) {
    this.contents = contents;
    this.plain = plain;
  }

  long done() {
    return done;
  }

  long present() {
    return present;
  }

  boolean isFullBefore(Line line) {
    return waiting >= MOST
        || weight >= MOST_WEIGHT
        || (waiting >= ENOUGH && !partition(line).equals(partition));
  }

  void add(Line line) {
    partition = partition(line);
    if (line instanceof Line.Item item) {
      waiting++;
      add(item.item());
    } else if (line instanceof Line.Row row) {
      waiting++;
      rows.computeIfAbsent(row.table(), any -> new ArrayList<>()).add(row.row());
      weight += row.row().columns().values().stream().mapToLong(Arrivals::weight).sum();
    }
  }

  /** Writes what is waiting. */
  void flush() {
    int missing = contents.addMissing(items);
    present += items.size() - missing;
    for (Map.Entry<String, List<PlainRow>> some : rows.entrySet()) {
      PlainTables to = Objects.requireNonNull(plain, "checked before the first row");
      to.create(some.getKey());
      present += some.getValue().size() - to.addMissing(some.getKey(), some.getValue());
    }
    done += waiting;
    items.clear();
    rows.clear();
    waiting = 0;
    weight = 0;
  }

  private void add(StoreItem item) {
    if (!(item instanceof StoreItem.Chain chain)) {
      items.add(item);
      return;
    }
    ChainRow row = renewal.renewed(chain.row());
    items.add(new StoreItem.Chain(row));
    weight += row.upstream() == null ? 0 : row.upstream().toString().length();
  }

  private static String partition(Line line) {
    if (line instanceof Line.Item item) {
      return item.item().partition();
    }
    return line instanceof Line.Row row ? row.row().partitionKey() : "";
  }

  private static long weight(Object value) {
    return value instanceof byte[] bytes ? bytes.length : value.toString().length();
  }
}
