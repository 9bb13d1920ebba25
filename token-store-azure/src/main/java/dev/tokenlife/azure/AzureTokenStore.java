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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
  private final Keys keys;
  private final Calls calls;
  private final Counter counter;
  private final Tables tables;
  private final Setup setup;
  private final RowCodec codec;
  private final ChainReads reads;
  private final ChainWrites writes;
  private final ChainDeletes deletes;
  private final BulkInsert bulk;
  private final DueHints hints;
  private final PartitionNotes notes;
  private final OlderRows older;
  private final boolean adopting;
  private final Duration retention;
  private final Duration grace;
  private final @Nullable TokensView view;

  AzureTokenStore(AzureTokenStoreBuilder settings, TableServiceClient service) {
    this.service = service;
    keys = new Keys(settings.spread);
    calls = new Calls(settings.time, settings.deadline, settings.responseTimeout);
    counter = new Counter();
    tables = tables(settings, service, counter);
    setup = new Setup(service, tables, calls, keys);
    codec = new RowCodec(tables.chains().name(), keys);
    reads = new ChainReads(tables.chains(), calls, keys, codec);
    hints = new DueHints(tables.dueIndex(), calls);
    writes = new ChainWrites(tables.chains(), calls, reads, codec, hints, settings.service != null);
    deletes = new ChainDeletes(tables.chains(), calls, reads, keys, hints);
    bulk =
        new BulkInsert(
            tables.chains(), calls, codec, writes, new HintBatch(tables.dueIndex(), hints, calls));
    notes = new PartitionNotes(tables.dueIndex(), calls);
    older = new OlderRows(tables.chains(), calls, keys, codec, reads);
    adopting = settings.olderRows;
    retention = settings.retention;
    grace = settings.hintGrace;
    view = tables.tokens() == null ? null : new TokensView(tables.tokens(), calls, keys);
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
    setup.initialize();
  }

  /** Finds out by one small read whether the store can be used. Never throws. */
  public StoreHealth health() {
    long start = calls.time().nanos();
    Optional<StoreException.Kind> problem = Optional.empty();
    String detail = "table " + tables.chains().name() + " answers";
    try {
      reads.entity(calls.deadline(), "health", "none");
    } catch (StoreException e) {
      problem = Optional.of(e.kind());
      detail = String.valueOf(e.getMessage());
    }
    return new StoreHealth(problem, detail, Duration.ofNanos(calls.time().nanos() - start));
  }

  /** Returns how many requests this store has sent so far. */
  public RequestCounts requests() {
    return counter.counts();
  }

  /** {@inheritDoc} Reads twice more on a miss, if rows of an older application are looked for. */
  @Override
  public Optional<StoredChain> find(ChainKey key) {
    Optional<StoredChain> found = reads.find(calls.deadline(), key);
    return found.isPresent() || !adopting ? found : older.adopt(key);
  }

  @Override
  public WriteResult insert(ChainRow row, List<CompanionChange> companions) {
    notes.note(row.key().partition());
    return shown(row, writes.insert(row, companions));
  }

  @Override
  public WriteResult replace(
      ChainRow row, String expectedVersion, List<CompanionChange> companions) {
    return shown(row, writes.replace(row, Version.parse(expectedVersion), companions));
  }

  /** {@inheritDoc} Its place in the holder index goes with it. */
  @Override
  public boolean delete(ChainKey key, String expectedVersion) {
    return deletes.delete(key, Version.parse(expectedVersion));
  }

  /** {@inheritDoc} Rows of one partition share transactions of up to 100 rows. */
  @Override
  public List<WriteResult> insertAll(List<Insertion> insertions) {
    Set<String> partitions = new HashSet<>();
    insertions.forEach(insertion -> partitions.add(insertion.row().key().partition()));
    partitions.forEach(notes::note);
    List<WriteResult> results = bulk.insertAll(insertions);
    for (int i = 0; i < results.size(); i++) {
      shown(insertions.get(i).row(), results.get(i));
    }
    return results;
  }

  @Override
  public ChainListing listing() {
    return new AzureChainListing(new Ranges(tables.chains(), calls), calls, keys, codec, reads);
  }

  @Override
  public DueListing due() {
    return new AzureDueListing(tables.dueIndex(), calls, hints, reads, grace);
  }

  @Override
  public EffectQueue effects() {
    Ranges ranges = new Ranges(tables.chains(), calls);
    return new AzureEffectQueue(tables.chains(), ranges, calls, keys);
  }

  @Override
  public Optional<LeaseTable> leases() {
    return Optional.of(new AzureLeaseTable(tables.leases(), calls));
  }

  /** {@inheritDoc} Reading it scans the table of chains, 1000 rows to a request. */
  @Override
  public Optional<StoreContents> contents() {
    return Optional.of(
        new AzureContents(
            tables.chains(),
            calls,
            new ItemCodec(tables.chains(), keys, codec, older),
            new HintBatch(tables.dueIndex(), hints, calls),
            row -> notes.note(row.key().partition())));
  }

  /** Returns the account's tables as they are, for backups and for tools that show them. */
  public PlainTables plainTables() {
    return new AzurePlainTables(service, setup, calls, counter);
  }

  /**
   * Lists the partitions chains were opened in, in no promised order. A partition is listed until a
   * clean-up finds it empty.
   */
  public Page<String> partitions(Optional<String> cursor, int limit) {
    Page<PartitionNotes.Note> page = notes.list(cursor, limit);
    return new Page<>(
        page.items().stream().map(PartitionNotes.Note::partition).toList(), page.next());
  }

  /**
   * Removes every row of a partition: chains, companions and effects, whatever their state. Costs
   * one request for each 1000 rows and one for each 100.
   *
   * @return how many rows there were
   */
  public long wipe(String partition) {
    return new Wiping(tables.chains(), calls).wipe(keys.partitionKeys(partition));
  }

  /**
   * Removes chains that have been over for longer than the retention, in batches. May be run by
   * several processes at once, stopped at any time, and continued with the cursor of its report.
   *
   * @param cursor where to go on, from the report before
   * @param most how long it may take, about
   */
  public CleanUpReport cleanUp(Optional<String> cursor, Duration most) {
    long endedBefore = calls.time().wallMillis() - retention.toMillis();
    return new CleanUp(tables.chains(), calls, keys, notes).run(endedBefore, cursor, most);
  }

  /**
   * Takes over all chains that an older application left in a partition, so that listings show
   * them. Single ones are taken over when they are read.
   *
   * @return how many were taken over
   */
  public int adoptOlderRows(String partition) {
    notes.note(partition);
    return older.adoptAll(new Ranges(tables.chains(), calls), partition);
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
    hints.sweep();
  }

  private WriteResult shown(ChainRow row, WriteResult result) {
    if (view != null && result instanceof WriteResult.Written) {
      view.show(row);
    }
    return result;
  }

  private static Tables tables(
      AzureTokenStoreBuilder settings, TableServiceClient service, Counter counter) {
    TableNames names = new TableNames(settings.tablePrefix);
    List<Table> tables = new ArrayList<>();
    for (String name : names.required(settings.tokensView)) {
      tables.add(new Table(name, service.getTableClient(name), counter));
    }
    return new Tables(
        tables.get(0), tables.get(1), tables.get(2), settings.tokensView ? tables.get(3) : null);
  }
}
