package dev.tokenlife.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.data.tables.TableClient;
import com.azure.data.tables.models.TableEntity;
import dev.tokenlife.Chains;
import dev.tokenlife.azure.emulator.AzuriteExtension;
import dev.tokenlife.azure.emulator.WithAzurite;
import dev.tokenlife.crypto.KeyRing;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainKind;
import dev.tokenlife.model.ChainPolicy;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.ChainState;
import dev.tokenlife.model.HandOverResult;
import dev.tokenlife.model.PollResult;
import dev.tokenlife.spi.Effect;
import dev.tokenlife.spi.StoreException;
import dev.tokenlife.spi.StoredChain;
import dev.tokenlife.testing.Race;
import dev.tokenlife.testing.Rows;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An older application's chains are taken over, once, and never live twice. */
@WithAzurite
final class OlderRowsTest {
  private static final ChainKey KEY = ChainKey.of("session-7", "8c1f-older");

  private final String prefix = Stores.prefix();
  private final AzureTokenStore store =
      Stores.builder(AzuriteExtension.shared()).tablePrefix(prefix).build();
  private final TableClient chains =
      AzuriteExtension.shared().sdk().getTableClient(prefix + "Chains");

  @BeforeEach
  void create() {
    store.initialize();
  }

  @Test
  void anOlderRow_isFoundOnAMiss_andKeepsHolderSequenceAndTimes() {
    chains.createEntity(older(KEY.id(), "ACTIVE"));
    StoredChain adopted = store.find(KEY).orElseThrow();
    ChainRow row = adopted.row();
    assertThat(row.origin().kind()).isEqualTo(ChainKind.MINTED);
    assertThat(row.origin().type()).isEqualTo("ENTRY");
    assertThat(row.origin().createdAt()).isEqualTo(1_700_000_000_000L);
    assertThat(row.position().holder()).isEqualTo("ann");
    assertThat(row.seq()).isEqualTo(3);
    assertThat(row.position().rotationCount()).isEqualTo(17);
    assertThat(row.position().lastRotation()).isEqualTo(1_700_000_100_000L);
    assertThat(row.state()).isEqualTo(ChainState.ACTIVE);
    assertThat(row.current()).isNull();
    assertThat(row.challenges()).isEmpty();
    assertThat(store.find(KEY)).contains(adopted);
    FaultCase.version(store.replace(Rows.next(row), adopted.version(), List.of()));
  }

  @Test
  void afterTheTakeOver_theOldRowIsGone_andTheHolderIsIndexed() {
    chains.createEntity(older(KEY.id(), "ACTIVE"));
    store.find(KEY);
    assertThat(chains.listEntities().stream().map(TableEntity::getRowKey))
        .containsExactly("c:8c1f-older", "h:ann:8c1f-older");
    assertThat(store.listing().byHolder("session-7", "ann", Optional.empty(), 5).items())
        .hasSize(1);
  }

  @Test
  void ofManyWhoFindItAtOnce_allGetTheSameRow() {
    for (int round = 0; round < 5; round++) {
      ChainKey key = ChainKey.of("session-7", "older-" + round);
      chains.createEntity(older(key.id(), "ACTIVE"));
      List<StoredChain> found = Race.of(8, i -> store.find(key).orElseThrow());
      assertThat(found).containsOnly(found.get(0));
    }
  }

  @Test
  void olderStates_keepTheirMeaning() {
    chains.createEntity(older("completed", "COMPLETED"));
    chains.createEntity(older("stalled", "STALLED"));
    chains.createEntity(older("revoked", "REVOKED"));
    chains.createEntity(older("suspended", "SUSPENDED"));
    chains.createEntity(older("strange", "FROZEN"));
    assertThat(state("completed")).isEqualTo(ChainState.CLOSED);
    assertThat(state("stalled")).isEqualTo(ChainState.ACTIVE);
    assertThat(state("revoked")).isEqualTo(ChainState.REVOKED);
    assertThat(state("suspended")).isEqualTo(ChainState.SUSPENDED);
    FaultCase.failing(StoreException.Kind.UNREADABLE, () -> state("strange"));
  }

  @Test
  void numbersOfOtherTypes_areReadToo() {
    chains.createEntity(
        new TableEntity("session-7", "odd")
            .addProperty("state", "ACTIVE")
            .addProperty("seq", 3)
            .addProperty("rotationCount", "17")
            .addProperty("lastRotation", 1_700_000_100.5)
            .addProperty("createdAt", 1_700_000_000));
    ChainRow row = store.find(ChainKey.of("session-7", "odd")).orElseThrow().row();
    assertThat(row.seq()).isEqualTo(3);
    assertThat(row.position().rotationCount()).isEqualTo(17);
    assertThat(row.position().lastRotation()).isEqualTo(1_700_000_100_000L);
    assertThat(row.position().holder()).isNull();
    assertThat(row.origin().type()).isEqualTo("default");
  }

  @Test
  void oldAndNew_liveSideBySide_andAWholePartitionIsTakenOverAtOnce() {
    FaultCase.version(store.insert(Rows.minted(ChainKey.of("session-7", "new")), List.of()));
    for (int i = 0; i < 3; i++) {
      chains.createEntity(older("older-" + i, "ACTIVE"));
    }
    assertThat(store.listing().byPartition("session-7", Optional.empty(), 9).items()).hasSize(1);
    assertThat(store.adoptOlderRows("session-7")).isEqualTo(3);
    assertThat(store.adoptOlderRows("session-7")).isZero();
    assertThat(store.listing().byPartition("session-7", Optional.empty(), 9).items()).hasSize(4);
  }

  @Test
  void anAdoptedChain_whoseIdIsAUuid_isShownToItsHolder_andHandedOn() {
    ChainKey uuid = ChainKey.of("session-7", "8c1f2b34-0d5e-4f60-9a7b-1c2d3e4f5a6b");
    chains.createEntity(older(uuid.id(), "ACTIVE"));
    ChainPolicy policy =
        ChainPolicy.screenCode("ENTRY", Duration.ofSeconds(10), Duration.ofSeconds(3))
            .effects(true)
            .build();
    try (Chains issuer =
        Chains.builder()
            .store(store)
            .keys(KeyRing.of(1, KeyRing.newKey()))
            .type("ENTRY", policy)
            .build()) {
      assertThat(issuer.poll(uuid, "ben")).isInstanceOf(PollResult.NotHolder.class);
      String shown = shown(issuer, uuid, "ann");
      HandOverResult scanned = issuer.handOver("session-7", shown, "ben");
      assertThat(scanned).isInstanceOf(HandOverResult.Accepted.class);
      assertThat(shown(issuer, uuid, "ben")).isNotEqualTo(shown);
      assertThat(issuer.effects().read("session-7", 9))
          .singleElement()
          .extracting(Effect::seq)
          .isEqualTo(4L);
    }
  }

  private static String shown(Chains issuer, ChainKey key, String holder) {
    if (issuer.poll(key, holder) instanceof PollResult.Live live) {
      return live.token().token().reveal();
    }
    throw new AssertionError(holder + " is shown nothing");
  }

  @Test
  void whereNobodyLooksForThem_aMissIsOneRead() {
    AzureTokenStore young =
        Stores.builder(AzuriteExtension.shared()).tablePrefix(prefix).olderRows(false).build();
    chains.createEntity(older(KEY.id(), "ACTIVE"));
    assertThat(young.find(KEY)).isEmpty();
    assertThat(young.requests().total()).isEqualTo(1);
    assertThat(store.find(KEY)).isPresent();
  }

  private ChainState state(String id) {
    return store.find(ChainKey.of("session-7", id)).orElseThrow().row().state();
  }

  /** As the older application writes it: Unix seconds, tokens of its own. */
  private static TableEntity older(String id, String state) {
    return new TableEntity("session-7", id)
        .addProperty("type", "ENTRY")
        .addProperty("state", state)
        .addProperty("currentToken", "0f2c7f9e-older-token")
        .addProperty("rotationCount", 17L)
        .addProperty("lastRotation", 1_700_000_100L)
        .addProperty("lastHolder", "ann")
        .addProperty("seq", 3L)
        .addProperty("createdAt", 1_700_000_000L);
  }
}
