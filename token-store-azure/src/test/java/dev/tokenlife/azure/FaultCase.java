package dev.tokenlife.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tokenlife.azure.emulator.Azurite;
import dev.tokenlife.azure.emulator.AzuriteExtension;
import dev.tokenlife.azure.emulator.WithAzurite;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.spi.StoreException;
import dev.tokenlife.spi.StoredChain;
import dev.tokenlife.spi.WriteResult;
import dev.tokenlife.testing.Rows;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;

/** What tests of faults have in common: a store whose requests can go wrong, and one that works. */
@WithAzurite
abstract class FaultCase {
  final FaultPolicy faults = new FaultPolicy();
  AzureTokenStore store = stores(UnaryOperator.identity());
  AzureTokenStore rival = store;

  Azurite azurite() {
    return AzuriteExtension.shared();
  }

  @BeforeEach
  void openStores() {
    String prefix = Stores.prefix();
    store = stores(builder -> builder.tablePrefix(prefix).addPolicy(faults));
    rival = stores(builder -> builder.tablePrefix(prefix));
    store.initialize();
    // The note of the partition is not what these tests count or break.
    store.insert(Rows.minted(chain("first")), List.of());
    faults.seen();
  }

  private AzureTokenStore stores(UnaryOperator<AzureTokenStoreBuilder> settings) {
    return settings
        .apply(
            Stores.builder(azurite())
                .deadline(Duration.ofSeconds(3))
                .responseTimeout(Duration.ofSeconds(1)))
        .build();
  }

  static ChainKey chain(String id) {
    return ChainKey.of("partition-1", id);
  }

  StoredChain inserted(ChainRow row) {
    return new StoredChain(row, version(store.insert(row, List.of())));
  }

  static String version(WriteResult result) {
    assertThat(result).isInstanceOf(WriteResult.Written.class);
    return ((WriteResult.Written) result).version();
  }

  /** Runs something that must fail with a kind, and returns the failure. */
  static StoreException failing(StoreException.Kind kind, ThrowingCallable call) {
    StoreException failure = catchThrowableOfType(StoreException.class, call);
    assertThat(failure).isNotNull();
    assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(kind);
    return failure;
  }

  /** Runs something and returns how long it took. */
  static Duration timed(Runnable action) {
    long start = System.nanoTime();
    action.run();
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
