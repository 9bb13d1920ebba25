package dev.tokenlife.issuing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.spi.Effect;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/** What must be true of everything that was ever durable of a chain. */
final class Lineage {
  private Lineage() {}

  /** Checks every step of a chain's life, its effects and the index of its holder. */
  static void check(Stage stage, ChainKey key) {
    List<ChainRow> rows = stage.store.of(key);
    if (rows.isEmpty()) {
      return;
    }
    Set<String> ops = new HashSet<>();
    for (int i = 0; i < rows.size(); i++) {
      ChainRow row = rows.get(i);
      assertThat(row.control().revision()).as("each write is one revision").isEqualTo(i + 1L);
      assertThat(ops.add(row.control().op())).as("each write has its own op").isTrue();
      current(row);
      if (i > 0) {
        step(rows.get(i - 1), row);
      }
    }
    beside(stage, rows.get(rows.size() - 1));
  }

  private static void current(ChainRow row) {
    var current = row.current();
    if (row.state().isFinal()) {
      assertThat(current).as("a chain that is over has no token").isNull();
      assertThat(row.previous()).isNull();
      assertThat(row.challenges()).isEmpty();
    } else if (current != null) {
      assertThat(current.generation()).isEqualTo(row.generation());
      assertThat(current.seq()).isEqualTo(row.seq());
    }
  }

  private static void step(ChainRow from, ChainRow to) {
    assertThat(from.state().isFinal()).as("nothing follows the end").isFalse();
    assertThat(to.generation() - from.generation()).as("one mint at a time").isBetween(0L, 1L);
    assertThat(to.seq() - from.seq()).as("sequences have no gap").isBetween(0L, 1L);
    if (to.seq() == from.seq()) {
      assertThat(to.position().holder())
          .as("only a hand-over changes the holder")
          .isEqualTo(from.position().holder());
    } else {
      assertThat(to.generation()).as("a hand-over mints").isEqualTo(from.generation() + 1);
    }
    assertThat(to.control().lastUse()).isGreaterThanOrEqualTo(from.control().lastUse());
    assertThat(to.origin()).isEqualTo(from.origin());
  }

  private static void beside(Stage stage, ChainRow last) {
    List<Long> effects =
        stage.store.effects().read(last.key().partition(), 1_000).stream()
            .filter(effect -> effect.chain().equals(last.key()))
            .map(Effect::seq)
            .sorted()
            .toList();
    assertThat(effects)
        .as("one effect for each hand-over, none for any other call")
        .isEqualTo(LongStream.rangeClosed(1, last.seq()).boxed().toList());
    String holder = last.position().holder();
    boolean listed =
        stage
            .store
            .listing()
            .byHolder(last.key().partition(), "" + holder, Optional.empty(), 100)
            .items()
            .stream()
            .anyMatch(stored -> stored.row().key().equals(last.key()));
    assertThat(listed).as("a live chain is found by its holder").isEqualTo(!last.state().isFinal());
  }
}
