package dev.tokenlife.testing;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.spi.ChainListing;
import dev.tokenlife.spi.CompanionChange;
import dev.tokenlife.spi.DueListing;
import dev.tokenlife.spi.Effect;
import dev.tokenlife.spi.EffectQueue;
import dev.tokenlife.spi.Lease;
import dev.tokenlife.spi.LeaseTable;
import dev.tokenlife.spi.Page;
import dev.tokenlife.spi.StoreContents;
import dev.tokenlife.spi.StoreItem;
import dev.tokenlife.spi.StoredChain;
import dev.tokenlife.spi.TokenStore;
import dev.tokenlife.spi.WriteResult;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A store around another one that sees every call, those of the listings, the effect queue, the
 * lease table and the contents too. Closing it closes the other.
 */
public abstract class WatchedStore implements TokenStore {
  private final TokenStore store;

  /** Goes around {@code store}. */
  protected WatchedStore(TokenStore store) {
    this.store = store;
  }

  /**
   * Is given every call, on the calling thread.
   *
   * @param call which one it is
   * @param action makes it; may be made not at all, now or later
   */
  protected abstract <T> T around(StoreCall call, Supplier<T> action);

  @Override
  public final Optional<StoredChain> find(ChainKey key) {
    return around(StoreCall.FIND, () -> store.find(key));
  }

  @Override
  public final WriteResult insert(ChainRow row, List<CompanionChange> companions) {
    return around(StoreCall.INSERT, () -> store.insert(row, companions));
  }

  @Override
  public final WriteResult replace(
      ChainRow row, String expectedVersion, List<CompanionChange> companions) {
    return around(StoreCall.REPLACE, () -> store.replace(row, expectedVersion, companions));
  }

  @Override
  public final boolean delete(ChainKey key, String expectedVersion) {
    return around(StoreCall.DELETE, () -> store.delete(key, expectedVersion));
  }

  @Override
  public final List<WriteResult> insertAll(List<Insertion> insertions) {
    return around(StoreCall.INSERT_ALL, () -> store.insertAll(insertions));
  }

  @Override
  public final ChainListing listing() {
    return new WatchedListing(store.listing());
  }

  @Override
  public final DueListing due() {
    return new WatchedDue(store.due());
  }

  @Override
  public final EffectQueue effects() {
    return new WatchedEffects(store.effects());
  }

  @Override
  public final Optional<LeaseTable> leases() {
    return store.leases().map(WatchedLeases::new);
  }

  @Override
  public final Optional<StoreContents> contents() {
    return store.contents().map(WatchedContents::new);
  }

  @Override
  public final boolean processLocal() {
    return store.processLocal();
  }

  @Override
  public final void close() {
    store.close();
  }

  private final class WatchedListing implements ChainListing {
    private final ChainListing listing;

    private WatchedListing(ChainListing listing) {
      this.listing = listing;
    }

    @Override
    public Page<StoredChain> byPartition(String partition, Optional<String> cursor, int limit) {
      return around(StoreCall.BY_PARTITION, () -> listing.byPartition(partition, cursor, limit));
    }

    @Override
    public Page<StoredChain> byHolder(
        String partition, String holder, Optional<String> cursor, int limit) {
      return around(StoreCall.BY_HOLDER, () -> listing.byHolder(partition, holder, cursor, limit));
    }
  }

  private final class WatchedDue implements DueListing {
    private final DueListing due;

    private WatchedDue(DueListing due) {
      this.due = due;
    }

    @Override
    public Page<DueChain> dueBefore(long before, Optional<String> cursor, int limit) {
      return around(StoreCall.DUE_BEFORE, () -> due.dueBefore(before, cursor, limit));
    }

    @Override
    public Page<DueChain> dueBefore(int shard, long before, Optional<String> cursor, int limit) {
      return around(StoreCall.DUE_BEFORE, () -> due.dueBefore(shard, before, cursor, limit));
    }

    @Override
    public long planned() {
      return around(StoreCall.PLANNED, due::planned);
    }
  }

  private final class WatchedLeases implements LeaseTable {
    private final LeaseTable leases;

    private WatchedLeases(LeaseTable leases) {
      this.leases = leases;
    }

    @Override
    public List<Lease> all() {
      return around(StoreCall.READ_LEASES, leases::all);
    }

    @Override
    public Optional<Lease> put(Lease lease) {
      return around(StoreCall.PUT_LEASE, () -> leases.put(lease));
    }

    @Override
    public void remove(String name) {
      boolean unused =
          around(
              StoreCall.REMOVE_LEASE,
              () -> {
                leases.remove(name);
                return true;
              });
    }
  }

  private final class WatchedContents implements StoreContents {
    private final StoreContents contents;

    private WatchedContents(StoreContents contents) {
      this.contents = contents;
    }

    @Override
    public Page<StoreItem> read(Optional<String> cursor, int limit) {
      return around(StoreCall.READ_CONTENTS, () -> contents.read(cursor, limit));
    }

    @Override
    public int addMissing(List<StoreItem> items) {
      return around(StoreCall.ADD_MISSING, () -> contents.addMissing(items));
    }
  }

  private final class WatchedEffects implements EffectQueue {
    private final EffectQueue effects;

    private WatchedEffects(EffectQueue effects) {
      this.effects = effects;
    }

    @Override
    public List<Effect> read(String partition, int limit) {
      return around(StoreCall.READ_EFFECTS, () -> effects.read(partition, limit));
    }

    @Override
    public void acknowledge(Effect effect) {
      boolean unused =
          around(
              StoreCall.ACKNOWLEDGE,
              () -> {
                effects.acknowledge(effect);
                return true;
              });
    }
  }
}
