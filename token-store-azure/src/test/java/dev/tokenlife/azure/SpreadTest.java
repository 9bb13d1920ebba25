package dev.tokenlife.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.data.tables.models.TableEntity;
import dev.tokenlife.azure.emulator.AzuriteExtension;
import dev.tokenlife.azure.emulator.WithAzurite;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.spi.Companion;
import dev.tokenlife.spi.CompanionChange;
import dev.tokenlife.spi.Effect;
import dev.tokenlife.spi.Page;
import dev.tokenlife.spi.StoreException.Kind;
import dev.tokenlife.spi.StoredChain;
import dev.tokenlife.spi.TokenStore.Insertion;
import dev.tokenlife.testing.Rows;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A large partition lies in many slices, and every process agrees on how many. */
@WithAzurite
final class SpreadTest {
  private final String prefix = Stores.prefix();

  private AzureTokenStoreBuilder builder() {
    return Stores.builder(AzuriteExtension.shared()).tablePrefix(prefix);
  }

  @Test
  void itsChains_lieInManySlices_andAreFoundListedAndWipedAsOne() {
    AzureTokenStore store = Stores.ready(builder().spread("spotify", 8));
    List<Insertion> grants =
        IntStream.range(0, 100)
            .mapToObj(i -> Rows.fetched(ChainKey.of("spotify", "user-" + i)))
            .map(row -> new Insertion(row, List.of()))
            .toList();
    store.insertAll(grants);
    Set<String> slices =
        AzuriteExtension.shared().sdk().getTableClient(prefix + "Chains").listEntities().stream()
            .map(TableEntity::getPartitionKey)
            .collect(Collectors.toSet());
    assertThat(slices).hasSize(8).contains("spotify~000", "spotify~007");
    for (Insertion grant : grants) {
      assertThat(store.find(grant.row().key()).map(StoredChain::row)).contains(grant.row());
    }
    assertThat(listed(store, 7)).hasSize(100);
    assertThat(store.wipe("spotify")).isEqualTo(100);
    assertThat(listed(store, 7)).isEmpty();
  }

  @Test
  void holdersAndEffects_areFoundInWhateverSlice() {
    AzureTokenStore store = Stores.ready(builder().spread("spotify", 8));
    for (int i = 0; i < 10; i++) {
      ChainRow row = Rows.minted(ChainKey.of("spotify", "chain-" + i), "ann");
      Effect effect = new Effect(row.key(), 1, "ENTRY", null, "ann", Rows.NOW, false);
      FaultCase.version(
          store.insert(
              row,
              List.of(
                  CompanionChange.insert(Companion.holderIndex("ann", row.key())),
                  CompanionChange.insert(new Companion.EffectRow(effect)))));
    }
    assertThat(store.listing().byHolder("spotify", "ann", Optional.empty(), 20).items())
        .hasSize(10);
    List<Effect> effects = store.effects().read("spotify", 20);
    assertThat(effects).hasSize(10);
    effects.forEach(store.effects()::acknowledge);
    assertThat(store.effects().read("spotify", 20)).isEmpty();
  }

  @Test
  void aProcessThatDoesNotDeclareIt_learnsIt() {
    AzureTokenStore first = Stores.ready(builder().spread("spotify", 8));
    ChainRow row = Rows.fetched(ChainKey.of("spotify", "user-1"));
    FaultCase.version(first.insert(row, List.of()));
    AzureTokenStore second = Stores.ready(builder());
    assertThat(second.find(row.key()).map(StoredChain::row)).contains(row);
  }

  @Test
  void aProcessThatDeclaresItOtherwise_isRefused() {
    AzureTokenStore first = Stores.ready(builder().spread("spotify", 8));
    first.initialize();
    assertThat(
            FaultCase.failing(
                Kind.MISCONFIGURED, () -> Stores.ready(builder().spread("spotify", 16))))
        .hasMessageContaining("'spotify'")
        .hasMessageContaining("16")
        .hasMessageContaining("8");
  }

  @Test
  void aPartitionThatHasRowsAlready_isNotSpreadBehindTheirBack() {
    AzureTokenStore first = Stores.ready(builder());
    FaultCase.version(first.insert(Rows.fetched(ChainKey.of("spotify", "user-1")), List.of()));
    FaultCase.failing(Kind.MISCONFIGURED, () -> Stores.ready(builder().spread("spotify", 8)));
  }

  private static Set<ChainKey> listed(AzureTokenStore store, int limit) {
    List<ChainKey> keys = new ArrayList<>();
    Optional<String> at = Optional.empty();
    do {
      Page<StoredChain> page = store.listing().byPartition("spotify", at, limit);
      page.items().forEach(chain -> keys.add(chain.row().key()));
      at = page.next();
    } while (at.isPresent());
    assertThat(keys).doesNotHaveDuplicates();
    return new HashSet<>(keys);
  }
}
