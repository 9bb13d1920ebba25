package dev.tokenlife.azure;

import com.azure.data.tables.models.TableEntity;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.spi.Shards;
import dev.tokenlife.spi.StoredChain;
import dev.tokenlife.spi.WriteResult;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the {@code DueIndex} beside the chains. A hint is written <em>before</em> the row it is
 * for, so a crash leaves a hint too many, never one too few; it names the revision it is for.
 *
 * <p>That makes stale hints certain: once the row has reached a hint's revision without matching
 * it, the write it was for can never commit. A hint for a later revision may belong to a write
 * under way and stays, for the grace period at least. Every removal is conditional on the hint
 * being the one that was judged.
 */
final class DueHints {
  static final String PARTITION = "partition";
  static final String CHAIN_ID = "chainId";
  static final String DUE_AT = "dueAtMs";
  static final String REVISION = "revision";

  private static final long LAST = 9_999_999_999_999L;
  private static final long BUCKET_MILLIS = 3_600_000;

  private final Table table;
  private final Calls calls;
  private final OutdatedHints outdated;

  DueHints(Table table, Calls calls) {
    this.table = table;
    this.calls = calls;
    this.outdated = new OutdatedHints(table, calls);
  }

  /** A hint that was written for a write that has yet to happen. */
  record Written(Place place, String etag) {}

  /** Where a hint is. */
  record Place(String partitionKey, String rowKey) {}

  static Place place(ChainKey key, long dueAt) {
    long at = Math.max(0, Math.min(LAST, dueAt));
    String rowKey =
        String.format(Locale.ROOT, "%013d", at)
            + KeyCodec.SEPARATOR
            + KeyCodec.part(key.partition())
            + KeyCodec.SEPARATOR
            + KeyCodec.part(key.id());
    return new Place(partitionKey(Shards.of(key), at), rowKey);
  }

  /** Returns the partition of a shard's hints around a time: one per hour, named by its start. */
  static String partitionKey(int shard, long at) {
    long bucket = Math.max(0, Math.min(LAST, at)) / BUCKET_MILLIS * (BUCKET_MILLIS / 1_000);
    return String.format(Locale.ROOT, "%03d_%010d", shard, bucket);
  }

  static TableEntity entity(ChainRow row, long dueAt) {
    Place place = place(row.key(), dueAt);
    return new TableEntity(place.partitionKey(), place.rowKey())
        .addProperty(PARTITION, row.key().partition())
        .addProperty(CHAIN_ID, row.key().id())
        .addProperty(DUE_AT, dueAt)
        .addProperty(REVISION, row.control().revision());
  }

  /**
   * Writes the hint for a row that is about to be written, unless the row it replaces has it.
   *
   * @param before when the row that is replaced is due
   */
  @Nullable Written announce(ChainRow row, OptionalLong before) {
    OptionalLong dueAt = Version.dueAt(row);
    if (dueAt.isEmpty() || dueAt.equals(before)) {
      return null;
    }
    TableEntity entity = entity(row, dueAt.getAsLong());
    Place place = new Place(entity.getPartitionKey(), entity.getRowKey());
    outdated.keep(place);
    String etag =
        calls.repeatable(
            table.what("due hint", place.partitionKey(), place.rowKey()),
            deadline -> table.upsert(deadline, Entities.copy(entity)));
    return new Written(place, etag);
  }

  /** Puts the index right after a write that had an answer. */
  void settle(ChainRow row, OptionalLong before, @Nullable Written hint, WriteResult result) {
    if (result instanceof WriteResult.Written) {
      OptionalLong now = Version.dueAt(row);
      if (before.isPresent() && !before.equals(now)) {
        outdate(row, before.getAsLong(), now.isPresent());
      }
    } else if (hint != null) {
      withdraw(row, hint, current(result));
    }
  }

  /** Removes the hint of a chain that is planned no more, unless somebody plans it again. */
  void drop(ChainKey key, long dueAt, long revision) {
    Place place = place(key, dueAt);
    quietly(
        () -> {
          Deadline deadline = calls.deadline();
          TableEntity hint =
              table.get(deadline, place.partitionKey(), place.rowKey(), List.of(REVISION));
          if (Entities.number(hint, REVISION, Long.MAX_VALUE) <= revision) {
            remove(deadline, place, hint.getETag());
          }
        });
  }

  /** Removes a hint if it is still the one that was read. */
  void remove(Place place, String etag) {
    quietly(() -> remove(calls.deadline(), place, etag));
  }

  /** Removes what writes of this process left behind, many at a time. */
  void sweep() {
    outdated.flush();
  }

  private void remove(Deadline deadline, Place place, String etag) {
    table.delete(deadline, place.partitionKey(), place.rowKey(), etag);
  }

  private void outdate(ChainRow row, long dueAt, boolean plannedElsewhere) {
    if (plannedElsewhere) {
      // The chain never returns to this very time, so the removal can wait for company.
      outdated.add(place(row.key(), dueAt));
    } else {
      drop(row.key(), dueAt, row.control().revision());
    }
  }

  private void withdraw(ChainRow row, Written hint, Optional<StoredChain> current) {
    OptionalLong due = current.map(c -> Version.dueAt(c.row())).orElse(OptionalLong.empty());
    if (!due.equals(Version.dueAt(row))) {
      remove(hint.place(), hint.etag());
    }
  }

  private static Optional<StoredChain> current(WriteResult result) {
    return result instanceof WriteResult.Lost lost ? lost.current() : Optional.empty();
  }

  /** A hint that stays too long costs a look at its row; a write that succeeded must not fail. */
  private static void quietly(Runnable removal) {
    try {
      removal.run();
    } catch (Fault ignored) {
      // Gone, changed or unreachable: listings drop stale hints too.
    }
  }
}
