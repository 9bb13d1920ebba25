package dev.tokenlife.scheduler.mass;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.spi.ChainListing;
import dev.tokenlife.spi.CompanionChange;
import dev.tokenlife.spi.DueListing;
import dev.tokenlife.spi.EffectQueue;
import dev.tokenlife.spi.StoredChain;
import dev.tokenlife.spi.TokenStore;
import dev.tokenlife.spi.WriteResult;
import dev.tokenlife.testing.ReferenceStore;
import java.util.List;
import java.util.Optional;

/**
 * Stands for a store elsewhere: takes every row and keeps none, so that what is measured is what
 * this process holds by itself.
 */
final class RowlessStore implements TokenStore {
  private final ReferenceStore none = ReferenceStore.shared();

  @Override
  public Optional<StoredChain> find(ChainKey key) {
    return Optional.empty();
  }

  @Override
  public WriteResult insert(ChainRow row, List<CompanionChange> companions) {
    return new WriteResult.Written("1");
  }

  @Override
  public WriteResult replace(
      ChainRow row, String expectedVersion, List<CompanionChange> companions) {
    return new WriteResult.Written("1");
  }

  @Override
  public boolean delete(ChainKey key, String expectedVersion) {
    return false;
  }

  @Override
  public ChainListing listing() {
    return none.listing();
  }

  @Override
  public DueListing due() {
    return none.due();
  }

  @Override
  public EffectQueue effects() {
    return none.effects();
  }

  @Override
  public boolean processLocal() {
    return true;
  }
}
