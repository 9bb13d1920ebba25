package dev.tokenlife.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.spi.Companion;
import dev.tokenlife.spi.CompanionChange;
import dev.tokenlife.spi.Page;
import dev.tokenlife.spi.StoredChain;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Chains are found by partition and by holder, page by page. */
public interface ListingLaws extends StoreLaws {
  @Test
  default void anEmptyPartition_isOneEmptyPage() {
    assertThat(store().listing().byPartition("nobody", Optional.empty(), 10))
        .isEqualTo(new Page<StoredChain>(List.of(), Optional.empty()));
    assertThat(store().listing().byHolder("nobody", "nobody", Optional.empty(), 10))
        .isEqualTo(new Page<StoredChain>(List.of(), Optional.empty()));
  }

  @Test
  default void aPartition_isListedInTheOrderOfItsIds_withWhateverLimit() {
    for (String id : List.of("d", "b2", "a", "c", "b1", "b10", "e")) {
      inserted(Rows.minted(chain(id)), CompanionChange.insert(new Companion.HeldBefore(id)));
    }
    for (int limit = 1; limit <= 8; limit++) {
      assertThat(ids("partition-1", limit)).containsExactly("a", "b1", "b10", "b2", "c", "d", "e");
    }
  }

  @Test
  default void aPartition_isListedWithoutItsNeighbours() {
    for (String partition : List.of("p", "p1", "p/1", "P", "o", "q", "p\u0001")) {
      inserted(Rows.minted(ChainKey.of(partition, "only")));
    }
    assertThat(all(2, at -> store().listing().byPartition("p", at, 2)))
        .extracting(chain -> chain.row().key())
        .containsExactly(ChainKey.of("p", "only"));
  }

  @Test
  default void aListedChain_isTheWholeRowWithItsVersion_whateverItsState() {
    ChainRow active = FullRows.full(chain("a"));
    ChainRow closed = Rows.closed(Rows.fetched(chain("b")));
    String first = inserted(active);
    String second = inserted(closed);
    assertThat(store().listing().byPartition("partition-1", Optional.empty(), 10).items())
        .containsExactly(new StoredChain(active, first), new StoredChain(closed, second));
  }

  @Test
  default void whileOthersInsert_whatWasThereBefore_isListedOnce() {
    for (int i = 10; i < 20; i++) {
      inserted(Rows.minted(chain("chain-" + i)));
    }
    List<String> seen = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      Page<StoredChain> page = store().listing().byPartition("partition-1", cursor, 3);
      page.items().forEach(chain -> seen.add(chain.row().key().id()));
      cursor = page.next();
      inserted(Rows.minted(chain("chain-0" + seen.size())));
      inserted(Rows.minted(chain("chain-15-" + seen.size())));
    } while (cursor.isPresent());
    assertThat(seen).doesNotHaveDuplicates();
    for (int i = 10; i < 20; i++) {
      assertThat(seen).contains("chain-" + i);
    }
  }

  @Test
  default void aDeletedChain_isNotListed() {
    ChainRow row = Rows.minted(chain("a"), "holder");
    String version = inserted(row, indexed(row));
    assertThat(store().delete(row.key(), version)).isTrue();
    assertThat(ids("partition-1", 5)).isEmpty();
    assertThat(held("partition-1", "holder", 5)).isEmpty();
  }

  @Test
  default void aHolder_isListedWithTheirChains_withWhateverLimit() {
    for (int i = 0; i < 6; i++) {
      for (String holder : List.of("ann", "anna", FullRows.ODD)) {
        ChainRow row = Rows.minted(chain(holder.length() + "-" + i), holder);
        inserted(row, indexed(row));
      }
    }
    for (int limit = 1; limit <= 7; limit++) {
      assertThat(held("partition-1", "ann", limit))
          .containsExactlyInAnyOrder("3-0", "3-1", "3-2", "3-3", "3-4", "3-5");
      assertThat(held("partition-1", FullRows.ODD, limit)).hasSize(6);
    }
  }

  @Test
  default void aHolder_isListedInTheAskedPartitionOnly() {
    ChainRow here = Rows.minted(chain("here"), "ann");
    ChainRow there = Rows.minted(ChainKey.of("partition-2", "there"), "ann");
    inserted(here, indexed(here));
    inserted(there, indexed(there));
    assertThat(held("partition-1", "ann", 5)).containsExactly("here");
    assertThat(held("partition-2", "ann", 5)).containsExactly("there");
  }

  @Test
  default void afterAHandOver_theChainIsListedWithItsNewHolderOnly() {
    ChainRow row = Rows.minted(chain("passed"), "ann");
    String version = inserted(row, indexed(row));
    String holder = "ann";
    for (String next : List.of("ben", "cleo", "ann")) {
      row = Rows.handedOver(row, next);
      version =
          replaced(
              row,
              version,
              CompanionChange.delete(Companion.holderIndex(holder, row.key())),
              indexed(row));
      assertThat(held("partition-1", holder, 5)).isEmpty();
      assertThat(store().listing().byHolder("partition-1", next, Optional.empty(), 5).items())
          .containsExactly(new StoredChain(row, version));
      holder = next;
    }
  }

  private List<String> ids(String partition, int limit) {
    return all(limit, at -> store().listing().byPartition(partition, at, limit)).stream()
        .map(chain -> chain.row().key().id())
        .toList();
  }

  private List<String> held(String partition, String holder, int limit) {
    return all(limit, at -> store().listing().byHolder(partition, holder, at, limit)).stream()
        .map(chain -> chain.row().key().id())
        .toList();
  }

  private static CompanionChange indexed(ChainRow row) {
    return CompanionChange.insert(Companion.holderIndex(Rows.holder(row), row.key()));
  }
}
