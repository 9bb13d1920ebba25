package dev.tokenlife.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.spi.Companion;
import dev.tokenlife.spi.CompanionChange;
import dev.tokenlife.spi.Effect;
import dev.tokenlife.spi.StoredChain;
import dev.tokenlife.spi.WriteResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A row and its companions change together or not at all. */
public interface CompanionLaws extends StoreLaws {
  @Test
  default void anInsertedCompanionThatExists_refusesTheInsert_andIsNamed() {
    for (Companion companion : kinds(chain("first"))) {
      ChainRow first = Rows.minted(chain("first of " + companion));
      ChainRow second = Rows.minted(chain("second of " + companion));
      inserted(first, CompanionChange.insert(companion));
      assertThat(store().insert(second, List.of(CompanionChange.insert(companion))))
          .isEqualTo(new WriteResult.CompanionExists(companion));
      assertThat(store().find(second.key())).isEmpty();
    }
  }

  @Test
  default void anInsertedCompanionThatExists_refusesTheReplacement_andIsNamed() {
    for (Companion companion : kinds(chain("first"))) {
      inserted(Rows.minted(chain("first of " + companion)), CompanionChange.insert(companion));
      ChainRow row = Rows.minted(chain("second of " + companion));
      String version = inserted(row);
      assertThat(
              store().replace(Rows.next(row), version, List.of(CompanionChange.insert(companion))))
          .isEqualTo(new WriteResult.CompanionExists(companion));
      assertThat(found(row.key())).isEqualTo(new StoredChain(row, version));
    }
  }

  @Test
  default void ofARefusedWrite_noCompanionIsChanged() {
    Companion marker = new Companion.HeldBefore("marked");
    ChainRow row = Rows.minted(chain("a"), "holder");
    Companion index = Companion.holderIndex("holder", row.key());
    String version = inserted(row, CompanionChange.insert(marker), CompanionChange.insert(index));
    Effect effect = effect(row.key(), 1);
    List<CompanionChange> changes =
        List.of(
            CompanionChange.insert(new Companion.EffectRow(effect)),
            CompanionChange.delete(index),
            CompanionChange.insert(marker));
    assertThat(store().replace(Rows.next(row), version, changes))
        .isEqualTo(new WriteResult.CompanionExists(marker));
    assertThat(store().effects().read("partition-1", 10)).isEmpty();
    assertThat(held("holder")).containsExactly(row);
  }

  @Test
  default void ofALostWrite_noCompanionIsChanged() {
    ChainRow row = Rows.minted(chain("a"), "holder");
    Companion index = Companion.holderIndex("holder", row.key());
    String spent = inserted(row, CompanionChange.insert(index));
    ChainRow next = Rows.next(row);
    String version = replaced(next, spent);
    List<CompanionChange> changes =
        List.of(
            CompanionChange.insert(new Companion.EffectRow(effect(row.key(), 1))),
            CompanionChange.delete(index));
    assertThat(winner(store().replace(Rows.next(row), spent, changes)))
        .isEqualTo(new StoredChain(next, version));
    assertThat(store().effects().read("partition-1", 10)).isEmpty();
    assertThat(held("holder")).containsExactly(next);
  }

  @Test
  default void whenVersionAndCompanionAreBothRefused_theAnswerIsLost() {
    Companion marker = new Companion.HeldBefore("marked");
    ChainRow row = Rows.minted(chain("a"));
    String spent = inserted(row, CompanionChange.insert(marker));
    ChainRow next = Rows.next(row);
    String version = replaced(next, spent);
    WriteResult both =
        store().replace(Rows.next(row), spent, List.of(CompanionChange.insert(marker)));
    assertThat(winner(both)).isEqualTo(new StoredChain(next, version));
  }

  @Test
  default void whenTheRowIsGoneAndACompanionExists_theAnswerIsLost() {
    Companion marker = new Companion.HeldBefore("marked");
    ChainRow row = Rows.minted(chain("a"));
    String version = inserted(row, CompanionChange.insert(marker));
    assertThat(store().delete(row.key(), version)).isTrue();
    assertThat(store().replace(Rows.next(row), version, List.of(CompanionChange.insert(marker))))
        .isEqualTo(new WriteResult.Lost(Optional.empty()));
  }

  @Test
  default void deletingACompanionThatIsAbsent_refusesNothing() {
    ChainRow row = Rows.minted(chain("a"));
    String version = inserted(row);
    List<CompanionChange> changes = new ArrayList<>();
    kinds(row.key()).forEach(companion -> changes.add(CompanionChange.delete(companion)));
    version(store().replace(Rows.next(row), version, changes));
  }

  @Test
  default void aDeletedCompanion_canBeInsertedAgain() {
    ChainRow row = Rows.minted(chain("a"));
    String version = inserted(row);
    for (Companion companion : kinds(row.key())) {
      version = replaced(row, version, CompanionChange.insert(companion));
      version = replaced(row, version, CompanionChange.delete(companion));
      version = replaced(row, version, CompanionChange.insert(companion));
    }
  }

  @Test
  default void companionsOfDifferentKeysAndPartitions_doNotMeet() {
    List<Companion> different =
        List.of(
            new Companion.HeldBefore("a"),
            new Companion.HeldBefore("A"),
            new Companion.HeldBefore("a:b"),
            new Companion.HeldBefore(FullRows.ODD),
            new Companion.HolderIndex("a", "b"),
            new Companion.HolderIndex("a:b", "c"),
            new Companion.HolderIndex("a", "b:c"),
            new Companion.HolderIndex(FullRows.ODD, FullRows.ODD),
            new Companion.EffectRow(effect(chain("a"), 1)),
            new Companion.EffectRow(effect(chain("a"), 11)),
            new Companion.EffectRow(effect(chain("a:1"), 1)));
    List<CompanionChange> changes = different.stream().map(CompanionChange::insert).toList();
    version(store().insert(Rows.minted(chain("a")), changes));
    ChainKey elsewhere = ChainKey.of("partition-2", "a");
    inserted(
        Rows.minted(elsewhere),
        CompanionChange.insert(new Companion.HeldBefore("a")),
        CompanionChange.insert(new Companion.HolderIndex("a", "b")),
        CompanionChange.insert(new Companion.EffectRow(effect(elsewhere, 1))));
  }

  @Test
  default void ofChainsThatRaceForOneCompanion_oneGetsIt_andTheOthersAreTold() {
    Companion marker = new Companion.HeldBefore("once only");
    List<WriteResult> results =
        Race.of(
            16,
            i ->
                store()
                    .insert(
                        Rows.minted(chain("chain-" + i)), List.of(CompanionChange.insert(marker))));
    assertThat(results.stream().filter(WriteResult.Written.class::isInstance)).hasSize(1);
    assertThat(results.stream().filter(new WriteResult.CompanionExists(marker)::equals))
        .hasSize(15);
    assertThat(all(7, at -> store().listing().byPartition("partition-1", at, 7))).hasSize(1);
  }

  private List<ChainRow> held(String holder) {
    return all(5, at -> store().listing().byHolder("partition-1", holder, at, 5)).stream()
        .map(StoredChain::row)
        .toList();
  }

  private static List<Companion> kinds(ChainKey key) {
    return List.of(
        new Companion.HeldBefore("holder " + FullRows.ODD),
        Companion.holderIndex("holder " + FullRows.ODD, key),
        new Companion.EffectRow(effect(key, 1)));
  }

  private static Effect effect(ChainKey key, long seq) {
    return new Effect(key, seq, "ENTRY", "from", "to", Rows.NOW, false);
  }
}
