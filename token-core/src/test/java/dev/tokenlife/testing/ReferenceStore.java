package dev.tokenlife.testing;

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
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A store that is right because it is simple: sorted maps and one lock. Every listing is a full
 * pass. It keeps everything for ever, so it is for tests only.
 */
public final class ReferenceStore implements TokenStore {
  private final ReentrantLock lock = new ReentrantLock();
  private final ReferenceTables tables = new ReferenceTables();
  private final boolean processLocal;

  private ReferenceStore(boolean processLocal) {
    this.processLocal = processLocal;
  }

  /** A store that says that its rows live and die with this process. */
  public static ReferenceStore local() {
    return new ReferenceStore(true);
  }

  /** A store that says that other processes see its rows, for emulating several in one test. */
  public static ReferenceStore shared() {
    return new ReferenceStore(false);
  }

  @Override
  public Optional<StoredChain> find(ChainKey key) {
    return locked(() -> Optional.ofNullable(tables.rows.get(key)));
  }

  @Override
  public WriteResult insert(ChainRow row, List<CompanionChange> companions) {
    return locked(
        () -> {
          StoredChain there = tables.rows.get(row.key());
          return there != null
              ? new WriteResult.Lost(Optional.of(there))
              : tables.write(row, companions);
        });
  }

  @Override
  public WriteResult replace(
      ChainRow row, String expectedVersion, List<CompanionChange> companions) {
    return locked(
        () -> {
          StoredChain there = tables.rows.get(row.key());
          return has(there, expectedVersion)
              ? tables.write(row, companions)
              : new WriteResult.Lost(Optional.ofNullable(there));
        });
  }

  @Override
  public boolean delete(ChainKey key, String expectedVersion) {
    return locked(
        () -> has(tables.rows.get(key), expectedVersion) && tables.rows.remove(key) != null);
  }

  @Override
  public ChainListing listing() {
    return new ReferenceListing(this);
  }

  @Override
  public DueListing due() {
    return new ReferenceDue(this);
  }

  @Override
  public EffectQueue effects() {
    return new ReferenceEffects(this);
  }

  @Override
  public Optional<LeaseTable> leases() {
    return Optional.of(new ReferenceLeases(this));
  }

  @Override
  public Optional<StoreContents> contents() {
    return Optional.of(new ReferenceContents(this));
  }

  @Override
  public boolean processLocal() {
    return processLocal;
  }

  /** Returns how many chains there are, whatever their state. */
  public int size() {
    return locked(() -> tables.rows.size());
  }

  /** Returns every row, by partition and id. */
  public List<ChainRow> rows() {
    return locked(() -> tables.rows.values().stream().map(StoredChain::row).toList());
  }

  /** Returns the companions of a partition, of all kinds and in no promised order. */
  public Set<Companion> companions(String partition) {
    return locked(() -> Set.copyOf(tables.companions(partition).values()));
  }

  /** Does something with the tables while nobody else can. */
  <T> T read(Function<ReferenceTables, T> reading) {
    return locked(() -> reading.apply(tables));
  }

  private <T> T locked(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  private static boolean has(@Nullable StoredChain chain, String version) {
    return chain != null && chain.version().equals(version);
  }
}
