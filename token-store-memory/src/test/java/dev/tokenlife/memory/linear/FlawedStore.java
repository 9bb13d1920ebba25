package dev.tokenlife.memory.linear;

import dev.tokenlife.memory.MemoryTokenStore;
import dev.tokenlife.model.ChainControl;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.ChainState;
import dev.tokenlife.spi.ChainListing;
import dev.tokenlife.spi.CompanionChange;
import dev.tokenlife.spi.DueListing;
import dev.tokenlife.spi.EffectQueue;
import dev.tokenlife.spi.StoreException;
import dev.tokenlife.spi.StoredChain;
import dev.tokenlife.spi.TokenStore;
import dev.tokenlife.spi.WriteResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** The memory store with one mistake, which the proof must find. */
final class FlawedStore implements TokenStore {
  /** What is wrong with it. */
  enum Flaw {
    /** A replacement is made whatever version the row has. */
    BLIND_WRITES,
    /** Readers are shown the row told last, not the one written last. */
    UNORDERED_CACHE,
    /** The row of a closed chain has the revision it had before. */
    SILENT_CLOSE
  }

  private final MemoryTokenStore store = MemoryTokenStore.create();
  private final Map<ChainKey, StoredChain> shown = new ConcurrentHashMap<>();
  private final Flaw flaw;

  FlawedStore(Flaw flaw) {
    this.flaw = flaw;
  }

  @Override
  public Optional<StoredChain> find(ChainKey key) {
    StoredChain cached = shown.get(key);
    return cached == null ? store.find(key) : Optional.of(cached);
  }

  @Override
  public WriteResult insert(ChainRow row, List<CompanionChange> companions) {
    return told(row, store.insert(row, companions));
  }

  @Override
  public WriteResult replace(
      ChainRow row, String expectedVersion, List<CompanionChange> companions) {
    if (flaw == Flaw.BLIND_WRITES) {
      String version = store.find(row.key()).orElseThrow().version();
      return store.replace(row, version, List.of());
    }
    if (flaw == Flaw.SILENT_CLOSE && row.state() == ChainState.CLOSED) {
      return silently(row, expectedVersion, companions);
    }
    return told(row, store.replace(row, expectedVersion, companions));
  }

  /** The writer must read its row to see the revision that was kept, so its answer is lost. */
  private WriteResult silently(
      ChainRow row, String expectedVersion, List<CompanionChange> companions) {
    ChainControl control = row.control();
    ChainControl kept =
        new ChainControl(
            control.revision() - 1,
            control.op(),
            control.adminRequestId(),
            control.state(),
            control.closeReason(),
            control.lastAt(),
            control.lastUse());
    WriteResult result =
        store.replace(row.draft().control(kept).row(), expectedVersion, companions);
    if (result instanceof WriteResult.Written) {
      throw new StoreException(StoreException.Kind.UNKNOWN, "the answer is lost on purpose");
    }
    return result;
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
    return true;
  }

  private WriteResult told(ChainRow row, WriteResult result) {
    if (flaw == Flaw.UNORDERED_CACHE && result instanceof WriteResult.Written written) {
      LockSupport.parkNanos(1);
      shown.put(row.key(), new StoredChain(row, written.version()));
    }
    return result;
  }
}
