package dev.tokenlife.memory;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.spi.ChainListing;
import dev.tokenlife.spi.Companion;
import dev.tokenlife.spi.CompanionChange;
import dev.tokenlife.spi.DueListing;
import dev.tokenlife.spi.EffectQueue;
import dev.tokenlife.spi.LeaseTable;
import dev.tokenlife.spi.StoreContents;
import dev.tokenlife.spi.StoredChain;
import dev.tokenlife.spi.TokenStore;
import dev.tokenlife.spi.WriteResult;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps chains in the memory of this process: they are gone when it ends, and no other process sees
 * them. Several {@code Tokens} and {@code Chains} of one process may share one.
 *
 * <p>A live chain stays until it is closed, revoked or deleted; there is a limit to their number,
 * and a new chain beyond it is refused with {@code FULL}, never an old one dropped. A chain that is
 * over stays for the retention, and longer while a token it issued could still be presented; then
 * its row and its place in the holder index go, about a thousand chains a second if many end
 * together. Who once held a chain of a partition is remembered as long as any chain of that
 * partition is here; an effect until it is acknowledged.
 *
 * <p>Reads take no lock and never wait. Writes to different rows do not wait for each other, unless
 * both change companions of one partition. There is no thread: chains age out on the timer of the
 * time source. After {@link #close} everything works as before, only nothing ages out.
 */
public final class MemoryTokenStore implements TokenStore {
  private final RowTable table;
  private final CompanionTable companions = new CompanionTable();
  private final MemoryLeases leases = new MemoryLeases();
  private final WriteLocks locks = new WriteLocks();
  private final Retirement retirement;

  /** An answer, and whether a chain has ended or come back. */
  private record Outcome(WriteResult answer, boolean settles) {}

  MemoryTokenStore(MemoryStoreBuilder settings) {
    table = new RowTable(settings.maxLiveChains);
    retirement = new Retirement(table, settings.time, settings.retention, this::forget);
  }

  /** Returns a store with the defaults of {@link #builder()}. */
  public static MemoryTokenStore create() {
    return builder().build();
  }

  /** Returns a builder: a million live chains, an hour of retention, the system's time. */
  public static MemoryStoreBuilder builder() {
    return new MemoryStoreBuilder();
  }

  @Override
  public Optional<StoredChain> find(ChainKey key) {
    return Optional.ofNullable(table.get(key)).map(table::open);
  }

  @Override
  public WriteResult insert(ChainRow row, List<CompanionChange> changes) {
    return write(table.pack(row), changes, null);
  }

  @Override
  public WriteResult replace(ChainRow row, String expectedVersion, List<CompanionChange> changes) {
    return write(table.pack(row), changes, expectedVersion);
  }

  @Override
  public boolean delete(ChainKey key, String expectedVersion) {
    Optional<PackedRow> removed = removeIf(key, row -> row.has(expectedVersion));
    if (removed.isPresent() && removed.get().isOver()) {
      retirement.settle(key);
    }
    return removed.isPresent();
  }

  @Override
  public ChainListing listing() {
    return new MemoryListing(table, companions);
  }

  @Override
  public DueListing due() {
    return new MemoryDue(table);
  }

  @Override
  public EffectQueue effects() {
    return new MemoryEffects(companions);
  }

  @Override
  public Optional<LeaseTable> leases() {
    return Optional.of(leases);
  }

  @Override
  public Optional<StoreContents> contents() {
    return Optional.of(new MemoryContents(this, table, companions));
  }

  /** Returns true. */
  @Override
  public boolean processLocal() {
    return true;
  }

  /** Returns how many chains are not over; what the limit is compared with. */
  public long liveChains() {
    return table.live();
  }

  /** Returns how many chains there are, those that are over too. Costs a full pass. */
  public long chains() {
    return table.size();
  }

  @Override
  public void close() {
    retirement.close();
  }

  /** Returns how many companions there are. */
  long companions() {
    return companions.size();
  }

  /** Adds a companion by itself; false if there is one. */
  boolean add(String partition, Companion companion) {
    List<CompanionChange> change = List.of(CompanionChange.insert(companion));
    return locks.holdingPartition(
        ChainKey.of(partition),
        () -> {
          boolean missing = companions.clash(partition, change).isEmpty();
          if (missing) {
            companions.insert(partition, change);
          }
          return missing;
        });
  }

  private WriteResult write(
      PackedRow row, List<CompanionChange> changes, @Nullable String expected) {
    Outcome outcome =
        changes.isEmpty()
            ? locks.holdingRow(row.key, () -> decide(row, changes, expected))
            : locks.holdingPartition(row.key, () -> decide(row, changes, expected));
    if (outcome.settles) {
      retirement.settle(row.key);
    }
    return outcome.answer;
  }

  private Outcome decide(PackedRow row, List<CompanionChange> changes, @Nullable String expected) {
    PackedRow was = table.get(row.key);
    boolean asExpected = expected == null ? was == null : was != null && was.has(expected);
    if (!asExpected) {
      Optional<StoredChain> current = Optional.ofNullable(was).map(table::open);
      return new Outcome(new WriteResult.Lost(current), false);
    }
    String partition = row.key.partition();
    Optional<Companion> clash = companions.clash(partition, changes);
    if (clash.isPresent()) {
      return new Outcome(new WriteResult.CompanionExists(clash.get()), false);
    }
    PackedRow next = was == null ? table.admit(row) : table.next(was, row);
    companions.insert(partition, changes);
    table.publish(was, next);
    companions.delete(partition, changes);
    boolean settles = next.isOver() || (was != null && was.isOver());
    return new Outcome(new WriteResult.Written(next.versionText()), settles);
  }

  /** Removes a chain that has been over for long enough, unless it came back meanwhile. */
  void forget(ChainKey key, long version) {
    Optional<PackedRow> unused = removeIf(key, row -> row.version == version && row.isOver());
  }

  private Optional<PackedRow> removeIf(ChainKey key, Predicate<PackedRow> condition) {
    return locks.holdingPartition(
        key, () -> Optional.ofNullable(table.get(key)).filter(condition).map(this::remove));
  }

  private PackedRow remove(PackedRow row) {
    String partition = row.key.partition();
    table.remove(row);
    String holder = table.open(row).row().position().holder();
    if (holder != null) {
      companions.remove(partition, Companion.holderIndex(holder, row.key));
    }
    if (!table.hasPartition(partition)) {
      companions.removeMarkers(partition);
    }
    return row;
  }
}
