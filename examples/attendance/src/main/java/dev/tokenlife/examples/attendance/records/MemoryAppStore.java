package dev.tokenlife.examples.attendance.records;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** Tables that live and die with this process. */
public final class MemoryAppStore implements AppStore {
  private final ConcurrentNavigableMap<Key, StoredRow> rows =
      new ConcurrentSkipListMap<>(Key.ORDER);
  private final AtomicLong versions = new AtomicLong();

  private record Key(AppTable table, String partition, String id) {
    static final Comparator<Key> ORDER =
        Comparator.comparing(Key::table).thenComparing(Key::partition).thenComparing(Key::id);
  }

  /** Starts empty. */
  public MemoryAppStore() {}

  @Override
  public Optional<StoredRow> get(AppTable table, String partition, String id) {
    return Optional.ofNullable(rows.get(new Key(table, partition, id)));
  }

  @Override
  public boolean putIfAbsent(AppTable table, AppRow row) {
    StoredRow there = rows.putIfAbsent(key(table, row), stored(row));
    return there == null || there.row().equals(row);
  }

  @Override
  public boolean update(AppTable table, AppRow row, String expectedVersion) {
    StoredRow old = rows.get(key(table, row));
    return old != null
        && old.version().equals(expectedVersion)
        && rows.replace(key(table, row), old, stored(old.row().with(row.columns())));
  }

  @Override
  public List<StoredRow> list(AppTable table, String partition) {
    List<StoredRow> found = new ArrayList<>();
    for (Map.Entry<Key, StoredRow> entry : rows.tailMap(new Key(table, partition, "")).entrySet()) {
      if (entry.getKey().table() != table || !entry.getKey().partition().equals(partition)) {
        break;
      }
      found.add(entry.getValue());
    }
    return found;
  }

  @Override
  public boolean delete(AppTable table, String partition, String id) {
    return rows.remove(new Key(table, partition, id)) != null;
  }

  @Override
  public int deletePartition(AppTable table, String partition) {
    int deleted = 0;
    for (StoredRow stored : list(table, partition)) {
      deleted += delete(table, partition, stored.row().id()) ? 1 : 0;
    }
    return deleted;
  }

  private static Key key(AppTable table, AppRow row) {
    return new Key(table, row.partition(), row.id());
  }

  private StoredRow stored(AppRow row) {
    return new StoredRow(row, "v" + versions.incrementAndGet());
  }
}
