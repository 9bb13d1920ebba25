package dev.tokenlife.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.spi.Companion;
import dev.tokenlife.spi.CompanionChange;
import dev.tokenlife.spi.StoredChain;
import dev.tokenlife.spi.TokenStore.Insertion;
import dev.tokenlife.spi.WriteResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Many rows by one call: each as a single insert would, in the given order. */
public interface BatchLaws extends StoreLaws {
  @Test
  default void insertingNothing_answersNothing() {
    assertThat(store().insertAll(List.of())).isEmpty();
  }

  @Test
  default void manyRows_areAnsweredInTheirOrder() {
    List<Insertion> insertions = new ArrayList<>();
    for (int i = 0; i < 130; i++) {
      ChainKey key = ChainKey.of("partition-" + i % 2, "chain-" + i);
      insertions.add(held(Rows.minted(key, "holder-" + i)));
    }
    List<WriteResult> results = store().insertAll(insertions);
    assertThat(results).hasSize(130);
    for (int i = 0; i < 130; i++) {
      ChainRow row = insertions.get(i).row();
      assertThat(found(row.key())).isEqualTo(new StoredChain(row, version(results.get(i))));
      assertThat(
              store()
                  .listing()
                  .byHolder(row.key().partition(), Rows.holder(row), Optional.empty(), 9)
                  .items())
          .hasSize(1);
    }
  }

  @Test
  default void rowsThatAreRefused_doNotStopTheOthers() {
    ChainRow there = Rows.minted(chain("there"));
    Companion marker = new Companion.HeldBefore("somebody");
    String version = inserted(there, CompanionChange.insert(marker));
    ChainRow marked = Rows.minted(chain("marked"));
    List<Insertion> insertions =
        List.of(
            held(Rows.minted(chain("a"))),
            held(Rows.minted(there.key())),
            new Insertion(marked, List.of(CompanionChange.insert(marker))),
            held(Rows.minted(chain("b"))));
    List<WriteResult> results = store().insertAll(insertions);
    assertThat(found(chain("a")).version()).isEqualTo(version(results.get(0)));
    assertThat(winner(results.get(1))).isEqualTo(new StoredChain(there, version));
    assertThat(results.get(2)).isEqualTo(new WriteResult.CompanionExists(marker));
    assertThat(store().find(marked.key())).isEmpty();
    assertThat(found(chain("b")).version()).isEqualTo(version(results.get(3)));
  }

  @Test
  default void aRowGivenTwice_isWrittenOnce() {
    ChainRow first = Rows.minted(chain("twice"), "first");
    ChainRow second = Rows.minted(first.key(), "second");
    List<WriteResult> results =
        store()
            .insertAll(List.of(new Insertion(first, List.of()), new Insertion(second, List.of())));
    StoredChain written = new StoredChain(first, version(results.get(0)));
    assertThat(winner(results.get(1))).isEqualTo(written);
    assertThat(found(first.key())).isEqualTo(written);
  }

  private Insertion held(ChainRow row) {
    return new Insertion(
        row, List.of(CompanionChange.insert(Companion.holderIndex(Rows.holder(row), row.key()))));
  }
}
