package dev.tokenlife.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.spi.Companion;
import dev.tokenlife.spi.CompanionChange;
import dev.tokenlife.spi.Effect;
import dev.tokenlife.spi.StoreContents;
import dev.tokenlife.spi.StoreItem;
import dev.tokenlife.spi.StoredChain;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** A store that can be moved gives away everything, page by page, and takes it without harm. */
public interface ContentsLaws extends StoreLaws {
  @Test
  default void whatWasWritten_isRead_whateverThePageSize() {
    List<StoreItem> written = written();
    for (int limit : new int[] {1, 3, 1_000}) {
      assertThat(all(limit, at -> contents().read(at, limit)))
          .containsExactlyInAnyOrderElementsOf(written);
    }
  }

  @Test
  default void whatIsAdded_isThere_asIfItHadBeenWritten() {
    ChainRow held = FullRows.full(ChainKey.of(FullRows.ODD, FullRows.ODD));
    ChainRow planned = Rows.fetched(chain("planned"), Rows.NOW);
    Effect effect = new Effect(chain("gone"), 3, "ENTRY", null, "ann", Rows.NOW, true);
    List<StoreItem> items =
        List.of(
            new StoreItem.Chain(held),
            new StoreItem.Chain(planned),
            new StoreItem.Beside("partition-1", new Companion.HeldBefore("ann")),
            new StoreItem.Beside("partition-1", new Companion.EffectRow(effect)));
    assertThat(contents().addMissing(items)).isEqualTo(4);
    assertThat(found(held.key()).row()).isEqualTo(held);
    String holder = Rows.holder(held);
    assertThat(store().listing().byHolder(FullRows.ODD, holder, Optional.empty(), 5).items())
        .extracting(StoredChain::row)
        .containsExactly(held);
    assertThat(store().due().dueBefore(Rows.NOW + 1, Optional.empty(), 5).items())
        .extracting(due -> due.key())
        .containsExactly(planned.key());
    assertThat(store().effects().read("partition-1", 5)).containsExactly(effect);
    Companion marker = new Companion.HeldBefore("ann");
    assertThat(store().insert(Rows.minted(chain("new")), List.of(CompanionChange.insert(marker))))
        .isEqualTo(new dev.tokenlife.spi.WriteResult.CompanionExists(marker));
  }

  @Test
  default void whatIsThere_staysAsItIs_andWhatIsMissingBesideIt_isAdded() {
    ChainRow there = Rows.minted(chain("there"), "ann");
    String version =
        inserted(there, CompanionChange.insert(Companion.holderIndex("ann", there.key())));
    List<StoreItem> items = new ArrayList<>();
    items.add(new StoreItem.Chain(Rows.handedOver(there, "ben")));
    for (int i = 0; i < 250; i++) {
      items.add(new StoreItem.Chain(Rows.minted(chain("missing-" + i))));
    }
    assertThat(contents().addMissing(items)).isEqualTo(250);
    assertThat(found(there.key())).isEqualTo(new StoredChain(there, version));
    assertThat(contents().addMissing(items)).isZero();
    assertThat(all(1_000, at -> contents().read(at, 1_000))).hasSize(251);
  }

  @Test
  default void aChainThatIsOver_isAdded_withoutAPlaceInTheHolderIndex() {
    ChainRow over = Rows.closed(Rows.minted(chain("over"), "ann"));
    assertThat(contents().addMissing(List.of(new StoreItem.Chain(over)))).isEqualTo(1);
    assertThat(found(over.key()).row()).isEqualTo(over);
    assertThat(store().listing().byHolder("partition-1", "ann", Optional.empty(), 5).items())
        .isEmpty();
  }

  private List<StoreItem> written() {
    List<StoreItem> items = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      ChainRow row = Rows.minted(ChainKey.of("session " + i % 3 + FullRows.ODD, "c" + i), "h" + i);
      Companion marker = new Companion.HeldBefore("h" + i);
      Companion effect =
          new Companion.EffectRow(new Effect(row.key(), 1, "ENTRY", null, "h" + i, i, false));
      inserted(
          row,
          CompanionChange.insert(Companion.holderIndex("h" + i, row.key())),
          CompanionChange.insert(marker),
          CompanionChange.insert(effect));
      items.add(new StoreItem.Chain(row));
      items.add(new StoreItem.Beside(row.key().partition(), marker));
      items.add(new StoreItem.Beside(row.key().partition(), effect));
    }
    ChainRow grant = Rows.fetched(chain("grant"));
    inserted(grant);
    items.add(new StoreItem.Chain(grant));
    return items;
  }

  private StoreContents contents() {
    Optional<StoreContents> contents = store().contents();
    Assumptions.assumeTrue(contents.isPresent(), "this store cannot be moved");
    return contents.orElseThrow();
  }
}
