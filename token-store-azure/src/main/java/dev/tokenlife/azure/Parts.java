package dev.tokenlife.azure;

import com.azure.data.tables.TableServiceClient;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an {@link AzureTokenStore} is made of, put together once from its settings. */
final class Parts {
  final Keys keys;
  final Calls calls;
  final Counter counter = new Counter();
  final Tables tables;
  final Setup setup;
  final RowCodec codec;
  final ChainReads reads;
  final ChainWrites writes;
  final ChainDeletes deletes;
  final BulkInsert bulk;
  final DueHints hints;
  final PartitionNotes partitions;
  final EndNotes ends;
  final OlderRows older;
  final @Nullable TokensView view;

  Parts(AzureTokenStoreBuilder settings, TableServiceClient service) {
    keys = new Keys(settings.spread);
    calls = new Calls(settings.time, settings.deadline, settings.responseTimeout);
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
    partitions = new PartitionNotes(tables.dueIndex(), calls);
    ends = new EndNotes(tables.dueIndex(), calls, keys);
    view = tables.tokens() == null ? null : new TokensView(tables.tokens(), calls, keys);
    older = new OlderRows(this);
  }

  /** Reads ranges of the chains. */
  Ranges chains() {
    return new Ranges(tables.chains(), calls);
  }

  private static Tables tables(
      AzureTokenStoreBuilder settings, TableServiceClient service, Counter counter) {
    List<Table> tables =
        new TableNames(settings.tablePrefix)
            .required(settings.tokensView).stream()
                .map(name -> new Table(name, service.getTableClient(name), counter))
                .toList();
    return new Tables(
        tables.get(0), tables.get(1), tables.get(2), settings.tokensView ? tables.get(3) : null);
  }
}
