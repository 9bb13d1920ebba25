package dev.tokenlife.examples.strategies;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.spi.ChainListing;
import dev.tokenlife.spi.CompanionChange;
import dev.tokenlife.spi.DueListing;
import dev.tokenlife.spi.EffectQueue;
import dev.tokenlife.spi.StoredChain;
import dev.tokenlife.spi.TokenStore;
import dev.tokenlife.spi.WriteResult;
import java.util.List;
import java.util.Optional;

/** A store that counts what it is asked. The simulation has one thread. */
final class CountedStore implements TokenStore {
  private final TokenStore store;
  private long reads;
  private long writes;
  private long companions;

  CountedStore(TokenStore store) {
    this.store = store;
  }

  long reads() {
    return reads;
  }

  long writes() {
    return writes;
  }

  long operations() {
    return reads + writes;
  }

  /** How many companion rows (markers, effects, holder indexes) were added and not taken away. */
  long companions() {
    return companions;
  }

  @Override
  public Optional<StoredChain> find(ChainKey key) {
    reads++;
    return store.find(key);
  }

  @Override
  public WriteResult insert(ChainRow row, List<CompanionChange> changes) {
    writes++;
    return counted(changes, store.insert(row, changes));
  }

  @Override
  public WriteResult replace(ChainRow row, String expectedVersion, List<CompanionChange> changes) {
    writes++;
    return counted(changes, store.replace(row, expectedVersion, changes));
  }

  @Override
  public boolean delete(ChainKey key, String expectedVersion) {
    writes++;
    return store.delete(key, expectedVersion);
  }

  @Override
  public ChainListing listing() {
    reads++;
    return store.listing();
  }

  @Override
  public DueListing due() {
    reads++;
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

  private WriteResult counted(List<CompanionChange> changes, WriteResult result) {
    if (result instanceof WriteResult.Written) {
      for (CompanionChange change : changes) {
        companions += change.op() == CompanionChange.Op.INSERT ? 1 : -1;
      }
    }
    return result;
  }
}
