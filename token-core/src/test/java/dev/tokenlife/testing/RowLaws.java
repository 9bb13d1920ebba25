package dev.tokenlife.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.ChainState;
import dev.tokenlife.spi.StoredChain;
import dev.tokenlife.spi.WriteResult;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One writer at a time: what is written is what is read, and versions guard it. */
public interface RowLaws extends StoreLaws {
  @Test
  default void aRowThatWasNeverWritten_isNotFound() {
    assertThat(store().find(chain("nobody"))).isEmpty();
  }

  @Test
  default void anInsertedRow_isFoundAsItWasWritten_withTheVersionOfTheAnswer() {
    ChainRow row = Rows.minted(chain("a"));
    String version = inserted(row);
    assertThat(found(row.key())).isEqualTo(new StoredChain(row, version));
  }

  @Test
  default void everyField_isReadAsItWasInserted() {
    for (ChainRow row : samples()) {
      String version = inserted(row);
      assertThat(found(row.key())).isEqualTo(new StoredChain(row, version));
    }
  }

  @Test
  default void everyField_isReadAsItWasReplaced() {
    for (ChainRow row : samples()) {
      String first = inserted(Rows.minted(row.key()));
      String version = replaced(row, first);
      assertThat(found(row.key())).isEqualTo(new StoredChain(row, version));
    }
  }

  @Test
  default void aFieldThatWasErased_isErased() {
    ChainRow full = FullRows.full(chain("a"));
    String version = inserted(full);
    ChainRow bare =
        full.draft()
            .current(null)
            .previous(null)
            .upstream(null)
            .claim(null)
            .failure(null)
            .challenges(List.of())
            .row();
    replaced(bare, version);
    assertThat(found(bare.key()).row()).isEqualTo(bare);
  }

  @Test
  default void everyState_isReadAsItWasWritten() {
    for (ChainState state : ChainState.values()) {
      ChainRow row = Rows.in(state, Rows.fetched(chain(state.name())));
      inserted(row);
      assertThat(found(row.key()).row()).isEqualTo(row);
    }
  }

  @Test
  default void keysThatLookAlike_nameDifferentChains() {
    List<ChainKey> keys =
        List.of(
            ChainKey.of("a", "b"),
            ChainKey.of("A", "b"),
            ChainKey.of("a", "B"),
            ChainKey.of("a", "b/c"),
            ChainKey.of("a/b", "c"),
            ChainKey.of("a:b", "c"),
            ChainKey.of("a", "b:c"),
            ChainKey.of("a b", "c"),
            ChainKey.of("a~20b", "c"),
            ChainKey.of("a%20b", "c"),
            ChainKey.of("é", "c"),
            ChainKey.of("e\u0301", "c"),
            ChainKey.of("O'Neil", "\"\\#?&"),
            ChainKey.of("..", "."),
            ChainKey.of("日本", "\uD83D\uDE00"),
            ChainKey.of("partition", FullRows.ODD),
            ChainKey.of("long", "x".repeat(600)),
            ChainKey.of("long", "x".repeat(601)));
    for (ChainKey key : keys) {
      inserted(Rows.minted(key, "holder of " + key));
    }
    for (ChainKey key : keys) {
      ChainRow row = found(key).row();
      assertThat(row.key()).isEqualTo(key);
      assertThat(row.position().holder()).isEqualTo("holder of " + key);
    }
  }

  @Test
  default void insertingWhereARowIs_isLost_andCarriesThatRow() {
    ChainRow first = Rows.minted(chain("a"), "first");
    String version = inserted(first);
    WriteResult second = store().insert(Rows.minted(first.key(), "second"), List.of());
    assertThat(winner(second)).isEqualTo(new StoredChain(first, version));
    assertThat(found(first.key())).isEqualTo(new StoredChain(first, version));
  }

  @Test
  default void replacing_givesTheRowAnotherVersion() {
    ChainRow row = Rows.minted(chain("a"));
    String first = inserted(row);
    String second = replaced(Rows.next(row), first);
    assertThat(second).isNotEqualTo(first);
    assertThat(found(row.key()).version()).isEqualTo(second);
  }

  @Test
  default void aSpentVersion_replacesNothing_andTheAnswerCarriesTheRowToGoOnWith() {
    ChainRow row = Rows.minted(chain("a"));
    String spent = inserted(row);
    ChainRow next = Rows.next(row);
    String version = replaced(next, spent);
    WriteResult late = store().replace(Rows.next(row), spent, List.of());
    assertThat(winner(late)).isEqualTo(new StoredChain(next, version));
    assertThat(found(row.key()).row()).isEqualTo(next);
    replaced(Rows.next(next), winner(late).version());
  }

  @Test
  default void replacingARowThatIsNotThere_isLost_withNothing() {
    String version = inserted(Rows.minted(chain("a")));
    ChainRow absent = Rows.minted(chain("b"));
    assertThat(store().replace(absent, version, List.of()))
        .isEqualTo(new WriteResult.Lost(Optional.empty()));
    assertThat(store().find(absent.key())).isEmpty();
  }

  @Test
  default void aVersion_neverComesBack_evenForTheSameContent() {
    ChainRow row = Rows.minted(chain("a"));
    Set<String> versions = new HashSet<>();
    String version = inserted(row);
    for (int i = 0; i < 10; i++) {
      assertThat(versions.add(version)).as("version %s is new", version).isTrue();
      version = replaced(row, version);
    }
    assertThat(store().delete(row.key(), version)).isTrue();
    versions.add(version);
    assertThat(versions).doesNotContain(inserted(row));
  }

  @Test
  default void deleting_removesTheRow_onlyWithItsVersion() {
    ChainRow row = Rows.minted(chain("a"));
    String spent = inserted(row);
    String version = replaced(Rows.next(row), spent);
    assertThat(store().delete(row.key(), spent)).isFalse();
    assertThat(store().find(row.key())).isPresent();
    assertThat(store().delete(row.key(), version)).isTrue();
    assertThat(store().find(row.key())).isEmpty();
    assertThat(store().delete(row.key(), version)).isFalse();
    assertThat(store().replace(Rows.next(row), version, List.of()))
        .isEqualTo(new WriteResult.Lost(Optional.empty()));
  }

  @Test
  default void aDeletedRow_canBeInsertedAgain() {
    ChainRow row = Rows.fetched(chain("a"));
    assertThat(store().delete(row.key(), inserted(row))).isTrue();
    ChainRow again = Rows.fetched(row.key());
    inserted(again);
    assertThat(found(row.key()).row()).isEqualTo(again);
  }

  private List<ChainRow> samples() {
    return List.of(
        Rows.opened(chain("opened")),
        Rows.minted(chain("minted")),
        Rows.fetched(chain("fetched")),
        Rows.closed(Rows.fetched(chain("closed"))),
        FullRows.full(chain("full " + FullRows.ODD)),
        FullRows.extreme(chain("extreme")));
  }
}
