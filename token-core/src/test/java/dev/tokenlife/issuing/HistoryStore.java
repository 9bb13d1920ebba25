package dev.tokenlife.issuing;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.spi.ChainListing;
import dev.tokenlife.spi.CompanionChange;
import dev.tokenlife.spi.DueListing;
import dev.tokenlife.spi.EffectQueue;
import dev.tokenlife.spi.StoredChain;
import dev.tokenlife.spi.TokenStore;
import dev.tokenlife.spi.WriteResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers every row that was ever durable, in the order of the writes. */
final class HistoryStore implements TokenStore {
  private final TokenStore store;
  private final Map<ChainKey, List<ChainRow>> rows = new ConcurrentHashMap<>();

  HistoryStore(TokenStore store) {
    this.store = store;
  }

  /** Returns every durable state of one chain, oldest first. */
  List<ChainRow> of(ChainKey key) {
    return List.copyOf(rows.getOrDefault(key, List.of()));
  }

  /** Returns every durable state of every chain, oldest first within each. */
  List<ChainRow> all() {
    return rows.values().stream().flatMap(List::stream).toList();
  }

  @Override
  public Optional<StoredChain> find(ChainKey key) {
    return store.find(key);
  }

  @Override
  public synchronized WriteResult insert(ChainRow row, List<CompanionChange> companions) {
    return kept(row, store.insert(row, companions));
  }

  @Override
  public synchronized WriteResult replace(
      ChainRow row, String expectedVersion, List<CompanionChange> companions) {
    return kept(row, store.replace(row, expectedVersion, companions));
  }

  @Override
  public boolean delete(ChainKey key, String expectedVersion) {
    return store.delete(key, expectedVersion);
  }

  @Override
  public ChainListing listing() {
    return store.listing();
  }

  @Override
  public DueListing due() {
    return store.due();
  }

  @Override
  public EffectQueue effects() {
    return store.effects();
  }

  @Override
  public boolean processLocal() {
    return store.processLocal();
  }

  @Override
  public void close() {
    store.close();
  }

  private WriteResult kept(ChainRow row, WriteResult result) {
    if (result instanceof WriteResult.Written) {
      rows.computeIfAbsent(row.key(), key -> Collections.synchronizedList(new ArrayList<>()))
          .add(row);
    }
    return result;
  }
}
