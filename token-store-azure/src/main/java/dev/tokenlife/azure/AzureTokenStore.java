package dev.tokenlife.azure;

import com.azure.data.tables.TableServiceClient;
import dev.tokenlife.backup.PlainTables;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.spi.ChainListing;
import dev.tokenlife.spi.CompanionChange;
import dev.tokenlife.spi.DueListing;
import dev.tokenlife.spi.EffectQueue;
import dev.tokenlife.spi.LeaseTable;
import dev.tokenlife.spi.Page;
import dev.tokenlife.spi.StoreContents;
import dev.tokenlife.spi.StoreException;
import dev.tokenlife.spi.StoredChain;
import dev.tokenlife.spi.TokenStore;
import dev.tokenlife.spi.WriteResult;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Chains in Azure Table Storage, shared by any number of processes.
 *
 * <p>One row per chain decides; it is changed only under the ETag it was read with. A chain and its
 * companions share a partition and change in one transaction. Every call has one deadline for all
 * its tries; what an unknown answer came to is found out by reading back. Failures are {@link
 * StoreException}s that name table and key. Rows hold no secret in clear: what upstreams gave is
 * sealed before it gets here.
 *
 * <pre>{@code
 * AzureTokenStore store = AzureTokenStore.connect(connectionString); // creates missing tables
 * }</pre>
 */
public final class AzureTokenStore implements TokenStore {
  private final TableServiceClient service;
  private final Parts parts;
  private final boolean adopting;
  private final Duration retention;
  private final Duration grace;

  AzureTokenStore(AzureTokenStoreBuilder settings, TableServiceClient service) {
    this.service = service;
    parts = new Parts(settings, service);
    adopting = settings.olderRows;
    retention = settings.retention;
    grace = settings.hintGrace;
  }

  /** Starts describing a store. */
  public static AzureTokenStoreBuilder builder() {
    return new AzureTokenStoreBuilder();
  }

  /**
   * Opens a store with every setting at its default, and creates the tables that are missing.
   *
   * @param connectionString of a storage account, or of the emulator
   */
  public static AzureTokenStore connect(String connectionString) {
    AzureTokenStore store = builder().connectionString(connectionString).build();
    store.initialize();
    return store;
  }

  /**
   * Creates the tables that are missing, verifies the others, and agrees with all other processes
   * on which partitions are spread. Call it once before anything else; calling it again does
   * nothing. Needs the right to create tables only if one is missing.
   *
   * @throws StoreException {@link StoreException.Kind#MISCONFIGURED} if the layout is another one
   */
  public void initialize() {
    parts.setup.initialize();
  }

  /** Finds out by one small read whether the store can be used. Never throws. */
  public StoreHealth health() {
    long start = parts.calls.time().nanos();
    Optional<StoreException.Kind> problem = Optional.empty();
    String detail = "table " + parts.tables.chains().name() + " answers";
    try {
      parts.reads.entity(parts.calls.deadline(), "health", "none");
    } catch (StoreException e) {
      problem = Optional.of(e.kind());
      detail = String.valueOf(e.getMessage());
    }
    return new StoreHealth(problem, detail, Duration.ofNanos(parts.calls.time().nanos() - start));
  }

  /** Returns how many requests this store has sent so far. */
  public RequestCounts requests() {
    return parts.counter.counts();
  }

  /** {@inheritDoc} Reads twice more on a miss, if rows of an older application are looked for. */
  @Override
  public Optional<StoredChain> find(ChainKey key) {
    Optional<StoredChain> found = parts.reads.find(parts.calls.deadline(), key);
    return found.isPresent() || !adopting ? found : parts.older.adopt(key);
  }

  @Override
  public WriteResult insert(ChainRow row, List<CompanionChange> companions) {
    noted(row);
    return shown(row, parts.writes.insert(row, companions));
  }

  @Override
  public WriteResult replace(
      ChainRow row, String expectedVersion, List<CompanionChange> companions) {
    parts.ends.announce(row);
    return shown(row, parts.writes.replace(row, Version.parse(expectedVersion), companions));
  }

  /** {@inheritDoc} Its place in the holder index goes with it. */
  @Override
  public boolean delete(ChainKey key, String expectedVersion) {
    parts.ends.announceNow(key);
    boolean deleted = parts.deletes.delete(key, Version.parse(expectedVersion));
    if (deleted && parts.view != null) {
      parts.view.hide(key);
    }
    return deleted;
  }

  /** {@inheritDoc} Rows of one partition share transactions of up to 100 rows. */
  @Override
  public List<WriteResult> insertAll(List<Insertion> insertions) {
    Set<String> partitions = new HashSet<>();
    for (Insertion insertion : insertions) {
      partitions.add(insertion.row().key().partition());
      parts.ends.announce(insertion.row());
    }
    partitions.forEach(parts.partitions::note);
    List<WriteResult> results = parts.bulk.insertAll(insertions);
    for (int i = 0; i < results.size(); i++) {
      shown(insertions.get(i).row(), results.get(i));
    }
    return results;
  }

  @Override
  public ChainListing listing() {
    return new AzureChainListing(parts.chains(), parts.calls, parts.keys, parts.codec, parts.reads);
  }

  @Override
  public DueListing due() {
    return new AzureDueListing(
        parts.tables.dueIndex(), parts.calls, parts.hints, parts.reads, grace);
  }

  @Override
  public EffectQueue effects() {
    return new AzureEffectQueue(parts.tables.chains(), parts.chains(), parts.calls, parts.keys);
  }

  @Override
  public Optional<LeaseTable> leases() {
    return Optional.of(new AzureLeaseTable(parts.tables.leases(), parts.calls));
  }

  /** {@inheritDoc} Reading it scans the table of chains, 1000 rows to a request. */
  @Override
  public Optional<StoreContents> contents() {
    return Optional.of(
        new AzureContents(
            parts.tables.chains(),
            parts.calls,
            new ItemCodec(parts.tables.chains(), parts.keys, parts.codec, parts.older),
            new HintBatch(parts.tables.dueIndex(), parts.hints, parts.calls),
            this::noted));
  }

  /** Returns the account's tables as they are, for backups and for tools that show them. */
  public PlainTables plainTables() {
    return new AzurePlainTables(service, parts.setup, parts.calls, parts.counter);
  }

  /**
   * Lists the partitions chains were opened in, in no promised order. A partition is listed until a
   * clean-up, on its way through what ended, finds it empty; one that was wiped of chains without
   * an end stays.
   */
  public Page<String> partitions(Optional<String> cursor, int limit) {
    return parts.partitions.list(cursor, limit);
  }

  /**
   * Removes every row of a partition: chains, companions and effects, whatever their state. Costs
   * one request for each 1000 rows and one for each 100.
   *
   * @return how many rows there were
   */
  public long wipe(String partition) {
    List<String> partitionKeys = parts.keys.partitionKeys(partition);
    if (parts.tables.tokens() != null) {
      new Wiping(parts.tables.tokens(), parts.calls).wipe(partitionKeys);
    }
    return new Wiping(parts.tables.chains(), parts.calls).wipe(partitionKeys);
  }

  /**
   * Removes chains that have been over for longer than the retention, in batches, looking only
   * where the index says that something ended. May be run by several processes at once, stopped at
   * any time, and continued with the cursor of its report, or from the start: a chain that lives
   * again, or changes meanwhile, stays.
   *
   * @param cursor where to go on, from the report before
   * @param most how long it may take, about
   * @throws StoreException if the service does not answer; what was removed stays removed
   */
  public CleanUpReport cleanUp(Optional<String> cursor, Duration most) {
    long endedBefore = parts.calls.time().wallMillis() - retention.toMillis();
    return new CleanUp(parts).run(endedBefore, cursor, most);
  }

  /**
   * Takes over all chains that an older application left in a partition, so that listings show
   * them. Single ones are taken over when they are read.
   *
   * @return how many were taken over
   */
  public int adoptOlderRows(String partition) {
    parts.partitions.note(partition);
    return parts.older.adoptAll(parts.chains(), partition);
  }

  @Override
  public boolean processLocal() {
    return false;
  }

  /**
   * Removes what this process left for later. The rows stay; a client that was given stays open.
   */
  @Override
  public void close() {
    parts.hints.sweep();
  }

  /** Before a row is there, so that listings and clean-ups find it whatever happens next. */
  private void noted(ChainRow row) {
    parts.partitions.note(row.key().partition());
    parts.ends.announce(row);
  }

  private WriteResult shown(ChainRow row, WriteResult result) {
    if (parts.view != null && result instanceof WriteResult.Written) {
      parts.view.show(row);
    }
    return result;
  }
}
