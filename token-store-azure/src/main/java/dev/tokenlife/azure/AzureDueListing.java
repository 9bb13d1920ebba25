package dev.tokenlife.azure;

import com.azure.data.tables.models.TableEntity;
import dev.tokenlife.azure.DueHints.Place;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.spi.DueListing;
import dev.tokenlife.spi.Page;
import dev.tokenlife.spi.Shards;
import dev.tokenlife.spi.StoredChain;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads the due index, one range of partition keys per shard. A hint that is long overdue and old
 * is compared with its chain and dropped if it is stale; every other one is passed on unseen,
 * because the worker looks at the row anyway. Ages are told by the service's clock alone.
 */
final class AzureDueListing implements DueListing {
  private final Table table;
  private final Calls calls;
  private final DueHints hints;
  private final ChainReads chains;
  private final Duration grace;

  AzureDueListing(Table table, Calls calls, DueHints hints, ChainReads chains, Duration grace) {
    this.table = table;
    this.calls = calls;
    this.hints = hints;
    this.chains = chains;
    this.grace = grace;
  }

  /** Where a listing over all shards goes on. */
  private record Cursor(int shard, @Nullable String token) {
    static Cursor of(Optional<String> text) {
      if (text.isEmpty()) {
        return new Cursor(0, null);
      }
      String[] parts = text.get().split(" ", 2);
      return new Cursor(Integer.parseInt(parts[0]), parts[1].isEmpty() ? null : parts[1]);
    }

    Optional<String> text() {
      return shard >= Shards.COUNT
          ? Optional.empty()
          : Optional.of(shard + " " + (token == null ? "" : token));
    }

    Cursor after(@Nullable String next) {
      return next == null ? new Cursor(shard + 1, null) : new Cursor(shard, next);
    }
  }

  @Override
  public Page<DueChain> dueBefore(long before, Optional<String> cursor, int limit) {
    if (cursor.isEmpty()) {
      hints.sweep();
    }
    List<DueChain> found = new ArrayList<>();
    Cursor at = Cursor.of(cursor);
    while (at.shard() < Shards.COUNT && found.size() < limit) {
      Slice slice = page(at.shard(), before, limit - found.size(), at.token());
      collect(slice, before, found);
      at = at.after(slice.token());
    }
    found.sort(Comparator.comparingLong(DueChain::dueAt));
    return new Page<>(found, at.text());
  }

  @Override
  public Page<DueChain> dueBefore(int shard, long before, Optional<String> cursor, int limit) {
    if (cursor.isEmpty()) {
      hints.sweep();
    }
    Slice slice = page(shard, before, limit, cursor.orElse(null));
    List<DueChain> found = new ArrayList<>();
    collect(slice, before, found);
    found.sort(Comparator.comparingLong(DueChain::dueAt));
    return new Page<>(found, Optional.ofNullable(slice.token()));
  }

  @Override
  public long planned() {
    hints.sweep();
    long planned = 0;
    for (int shard = 0; shard < Shards.COUNT; shard++) {
      String token = null;
      do {
        Slice slice = page(shard, Long.MAX_VALUE, 1_000, token);
        planned += slice.rows().size();
        token = slice.token();
      } while (token != null);
    }
    return planned;
  }

  private Slice page(int shard, long before, int limit, @Nullable String token) {
    String filter =
        "PartitionKey ge '"
            + DueHints.partitionKey(shard, 0)
            + "' and PartitionKey le '"
            + DueHints.partitionKey(shard, before)
            + "' and RowKey lt '"
            + bound(before)
            + "'";
    return calls.repeatable(
        "due chains of shard " + shard + " of table " + table.name(),
        deadline -> table.query(deadline, filter, List.of(), limit, token));
  }

  private static String bound(long before) {
    return before > 9_999_999_999_999L
        ? String.valueOf(KeyCodec.SEPARATOR)
        : String.format(Locale.ROOT, "%013d", Math.max(1, before));
  }

  private void collect(Slice slice, long before, List<DueChain> found) {
    OffsetDateTime now = clock(slice.date());
    for (TableEntity hint : slice.rows()) {
      long dueAt = Entities.number(hint, DueHints.DUE_AT, 0);
      ChainKey key =
          ChainKey.of(
              Entities.requireText(hint, DueHints.PARTITION),
              Entities.requireText(hint, DueHints.CHAIN_ID));
      if (dueAt < before && !(isSuspicious(hint, dueAt, now) && droppedAsStale(hint, key, dueAt))) {
        found.add(new DueChain(key, dueAt));
      }
    }
  }

  private boolean isSuspicious(TableEntity hint, long dueAt, @Nullable OffsetDateTime now) {
    if (now == null || hint.getTimestamp() == null) {
      return false;
    }
    OffsetDateTime youngest = now.minus(grace);
    return hint.getTimestamp().isBefore(youngest) && dueAt < youngest.toInstant().toEpochMilli();
  }

  private boolean droppedAsStale(TableEntity hint, ChainKey key, long dueAt) {
    Optional<StoredChain> chain = chains.find(calls.deadline(), key);
    OptionalLong planned = chain.map(c -> Version.dueAt(c.row())).orElse(OptionalLong.empty());
    if (planned.equals(OptionalLong.of(dueAt))) {
      return false;
    }
    hints.remove(new Place(hint.getPartitionKey(), hint.getRowKey()), hint.getETag());
    return true;
  }

  private static @Nullable OffsetDateTime clock(@Nullable String date) {
    try {
      return date == null ? null : OffsetDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
