package dev.tokenlife.azure;

import dev.tokenlife.model.ChainRow;
import dev.tokenlife.spi.TokenStore.Insertion;
import dev.tokenlife.spi.WriteResult;
import java.util.List;
import java.util.Optional;

/** The store. */
final class StorePeer implements Peer {
  private final AzureTokenStore store;

  StorePeer(AzureTokenStore store) {
    this.store = store;
  }

  @Override
  public String create(ChainRow row) {
    return version(store.insert(row, List.of()));
  }

  @Override
  public String get(ChainRow row) {
    return store.find(row.key()).orElseThrow().version();
  }

  @Override
  public String update(ChainRow row, String version) {
    return version(store.replace(row, version, List.of()));
  }

  @Override
  public int list(String partition) {
    return store.listing().byPartition(partition, Optional.empty(), 1_000).items().size();
  }

  @Override
  public void createAll(List<ChainRow> rows) {
    store
        .insertAll(rows.stream().map(row -> new Insertion(row, List.of())).toList())
        .forEach(StorePeer::version);
  }

  private static String version(WriteResult result) {
    if (result instanceof WriteResult.Written written) {
      return written.version();
    }
    throw new IllegalStateException("refused: " + result);
  }
}
