package dev.tokenlife.simulation;

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

/**
 * Shows the judge every row as it becomes durable, with the one it replaces, and lets somebody else
 * act before and after any call, as another thread or process would.
 */
final class JudgedStore implements TokenStore {
  private final TokenStore store;
  private final Judge judge;
  private final Runnable intruder;

  JudgedStore(TokenStore store, Judge judge, Runnable intruder) {
    this.store = store;
    this.judge = judge;
    this.intruder = intruder;
  }

  @Override
  public Optional<StoredChain> find(ChainKey key) {
    intruder.run();
    Optional<StoredChain> found = store.find(key);
    intruder.run();
    return found;
  }

  @Override
  public WriteResult insert(ChainRow row, List<CompanionChange> companions) {
    intruder.run();
    WriteResult result = store.insert(row, companions);
    if (result instanceof WriteResult.Written) {
      judge.opened(row);
    }
    intruder.run();
    return result;
  }

  @Override
  public WriteResult replace(
      ChainRow row, String expectedVersion, List<CompanionChange> companions) {
    intruder.run();
    Optional<StoredChain> before = store.find(row.key());
    WriteResult result = store.replace(row, expectedVersion, companions);
    if (result instanceof WriteResult.Written) {
      judge.replaced(before.orElseThrow().row(), row);
    }
    intruder.run();
    return result;
  }

  @Override
  public boolean delete(ChainKey key, String expectedVersion) {
    throw new AssertionError("nobody deletes the row of a grant, but " + key);
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
    return false;
  }

  @Override
  public void close() {
    store.close();
  }
}
