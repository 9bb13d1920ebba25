package dev.tokenlife.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.data.tables.TableClient;
import com.azure.data.tables.models.ListEntitiesOptions;
import com.azure.data.tables.models.TableEntity;
import dev.tokenlife.azure.emulator.AzuriteExtension;
import dev.tokenlife.azure.emulator.WithAzurite;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.ChallengeSlot;
import dev.tokenlife.model.PreviousToken;
import dev.tokenlife.spi.Companion;
import dev.tokenlife.spi.CompanionChange;
import dev.tokenlife.spi.Effect;
import dev.tokenlife.spi.StoreException;
import dev.tokenlife.spi.StoredChain;
import dev.tokenlife.testing.FullRows;
import dev.tokenlife.testing.Rows;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What other applications and people see: read with the plain SDK, nothing of ours in between. */
@WithAzurite
final class ColumnsTest {
  private static final ChainKey KEY = ChainKey.of("session-7", "chain-1");

  private final String prefix = Stores.prefix();
  private final AzureTokenStore store =
      Stores.builder(AzuriteExtension.shared()).tablePrefix(prefix).tokensView(true).build();

  @BeforeEach
  void create() {
    store.initialize();
  }

  @Test
  void aChainsRow_isReadable_inUnixSeconds_andOursInMilliseconds() {
    ChainRow row =
        Rows.handedOver(Rows.minted(KEY, "ann"), "ben")
            .draft()
            .previous(
                new PreviousToken(
                    1,
                    0,
                    1,
                    Rows.NOW,
                    Rows.NOW,
                    PreviousToken.Reason.HANDED_OVER,
                    "ben",
                    null,
                    0,
                    0))
            .row();
    FaultCase.version(store.insert(row, List.of()));
    Map<String, Object> columns = raw("Chains", "session-7", "c:chain-1").getProperties();
    assertThat(columns)
        .containsEntry("type", "ENTRY")
        .containsEntry("state", "ACTIVE")
        .containsEntry("currentToken", "chain-1.2")
        .containsEntry("previousToken", "chain-1.1")
        .containsEntry("rotationCount", 0L)
        .containsEntry("lastRotation", Rows.NOW / 1_000)
        .containsEntry("lastHolder", "ben")
        .containsEntry("seq", 1L)
        .containsEntry("createdAt", Rows.NOW / 1_000)
        .containsEntry("revision", 2L)
        .containsEntry("op", row.control().op())
        .containsEntry("format", 1L)
        .containsKey("data");
    assertThat(columns.values()).noneMatch(value -> value instanceof Double);
  }

  @Test
  void companions_areReadableRows_besideTheirChain() {
    Effect effect = new Effect(KEY, 1, "ENTRY", "ann", "ben", Rows.NOW, false);
    FaultCase.version(
        store.insert(
            Rows.minted(KEY, "ben"),
            List.of(
                CompanionChange.insert(Companion.holderIndex("ben", KEY)),
                CompanionChange.insert(new Companion.HeldBefore("ben")),
                CompanionChange.insert(new Companion.EffectRow(effect)))));
    assertThat(raw("Chains", "session-7", "h:ben:chain-1").getProperties())
        .containsEntry("holder", "ben")
        .containsEntry("chainId", "chain-1");
    assertThat(raw("Chains", "session-7", "w:ben").getProperties()).containsEntry("holder", "ben");
    assertThat(raw("Chains", "session-7", "e:chain-1:1").getProperties())
        .containsEntry("chainId", "chain-1")
        .containsEntry("seq", 1L)
        .containsEntry("fromHolder", "ann")
        .containsEntry("toHolder", "ben")
        .containsEntry("atMs", Rows.NOW);
  }

  @Test
  void aDueHint_namesItsChain_inTheShardAndHourItIsDue() {
    FaultCase.version(store.insert(Rows.fetched(KEY, Rows.NOW + 5), List.of()));
    DueHints.Place place = DueHints.place(KEY, Rows.NOW + 5);
    assertThat(place.partitionKey()).matches("0\\d\\d_" + String.format("%010d", Rows.NOW / 1_000));
    assertThat(place.rowKey()).isEqualTo((Rows.NOW + 5) + ":session-7:chain-1");
    assertThat(raw("DueIndex", place.partitionKey(), place.rowKey()).getProperties())
        .containsEntry("partition", "session-7")
        .containsEntry("chainId", "chain-1")
        .containsEntry("dueAtMs", Rows.NOW + 5);
  }

  // Fault 38: what is over is gone from the row, not merged into it.
  @Test
  void aChallengeThatWasCleared_hasLeftTheRow() {
    ChainRow row = Rows.minted(KEY);
    ChallengeSlot slot = new ChallengeSlot("c1", "ben", "marked-nonce", 1, 0, 1, Rows.NOW, 3);
    ChainRow asked = Rows.next(row).draft().challenges(List.of(slot)).row();
    String version = FaultCase.version(store.insert(asked, List.of()));
    assertThat(dump("Chains")).contains("marked-nonce");
    assertThat(dump("Tokens")).contains("pendingChallenge=c1");
    ChainRow cleared = Rows.next(asked).draft().challenges(List.of()).current(null).row();
    FaultCase.version(store.replace(cleared, version, List.of()));
    assertThat(dump("Chains")).doesNotContain("marked-nonce").doesNotContain("currentToken=");
    assertThat(dump("Tokens")).doesNotContain("pendingChallenge");
  }

  @Test
  void theTokensView_hasOneRowPerChain_andNothingSecret() {
    ChainRow row = Rows.minted(KEY, "ann");
    String version = FaultCase.version(store.insert(row, List.of()));
    ChainRow other = Rows.minted(ChainKey.of("session-7", "chain-10"), "cleo");
    FaultCase.version(store.insert(other, List.of()));
    ChainRow next = Rows.handedOver(row, "ben");
    version = FaultCase.version(store.replace(next, version, List.of()));
    assertThat(raw("Tokens", "session-7", "chain-1.2").getProperties())
        .containsEntry("chainId", "chain-1")
        .containsEntry("holderId", "ben")
        .containsEntry("seq", 1L)
        .containsEntry("createdAt", Rows.NOW / 1_000)
        .containsEntry("expiresAt", Rows.NOW / 1_000 + 10);
    assertThat(rows("Tokens"))
        .extracting(TableEntity::getRowKey)
        .containsExactlyInAnyOrder("chain-1.2", "chain-10.1");
    FaultCase.version(store.replace(Rows.closed(next), version, List.of()));
    assertThat(rows("Tokens")).extracting(TableEntity::getRowKey).containsExactly("chain-10.1");
  }

  @Test
  void aRowThatSomebodyElseChanged_isUnreadable_andNamed() {
    ChainRow row = FullRows.full(KEY);
    FaultCase.version(store.insert(row, List.of()));
    TableClient chains = table("Chains");
    for (Map.Entry<String, Object> edit :
        Map.<String, Object>of("format", 2L, "data", "{\"key\":", "op", "somebody", "data1", "tail")
            .entrySet()) {
      TableEntity original = raw("Chains", "session-7", "c:chain-1");
      chains.upsertEntity(Entities.copy(original).addProperty(edit.getKey(), edit.getValue()));
      StoreException failure =
          FaultCase.failing(StoreException.Kind.UNREADABLE, () -> store.find(KEY));
      assertThat(failure)
          .hasMessageContaining(prefix + "Chains")
          .hasMessageContaining("c:chain-1")
          .hasMessageNotContaining("sealed-");
      chains.deleteEntity("session-7", "c:chain-1");
      chains.createEntity(Entities.copy(original));
    }
    assertThat(store.find(KEY).map(StoredChain::row)).contains(row);
  }

  @Test
  void aRowThatWasCopiedToAnotherPlace_isUnreadable() {
    FaultCase.version(store.insert(Rows.minted(KEY), List.of()));
    TableEntity copy = new TableEntity("session-7", "c:chain-2");
    Entities.copy(raw("Chains", "session-7", "c:chain-1")).getProperties().entrySet().stream()
        .filter(column -> !column.getKey().endsWith("Key"))
        .forEach(column -> copy.addProperty(column.getKey(), column.getValue()));
    table("Chains").createEntity(copy);
    FaultCase.failing(
        StoreException.Kind.UNREADABLE, () -> store.find(ChainKey.of("session-7", "chain-2")));
  }

  private TableClient table(String name) {
    return AzuriteExtension.shared().sdk().getTableClient(prefix + name);
  }

  private TableEntity raw(String table, String partitionKey, String rowKey) {
    return table(table).getEntity(partitionKey, rowKey);
  }

  private List<TableEntity> rows(String table) {
    return table(table)
        .listEntities(
            new ListEntitiesOptions().setFilter("PartitionKey eq 'session-7'"), null, null)
        .stream()
        .toList();
  }

  private String dump(String table) {
    return rows(table).stream().map(row -> row.getProperties().toString()).toList().toString();
  }
}
