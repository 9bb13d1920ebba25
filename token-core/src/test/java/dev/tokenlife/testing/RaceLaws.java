package dev.tokenlife.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.spi.StoredChain;
import dev.tokenlife.spi.WriteResult;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many writers at once: exactly one of those that name the same version succeeds. */
public interface RaceLaws extends StoreLaws {
  /** Returns how many threads race for one row. */
  default int racers() {
    return 32;
  }

  /** Returns how many times each of eight threads adds one to a row. */
  default int increments() {
    return 25;
  }

  @Test
  default void ofRacingInserts_oneIsWritten_andTheOthersSeeIt() {
    ChainKey key = chain("raced");
    List<ChainRow> rows = candidates(Rows.minted(key));
    List<WriteResult> results = Race.of(racers(), i -> store().insert(rows.get(i), List.of()));
    assertOneWinner(rows, results);
  }

  @Test
  default void ofRacingReplacements_oneIsWritten_andTheOthersSeeIt() {
    ChainRow row = Rows.minted(chain("raced"));
    String version = inserted(row);
    List<ChainRow> rows = candidates(row);
    List<WriteResult> results =
        Race.of(racers(), i -> store().replace(rows.get(i), version, List.of()));
    assertOneWinner(rows, results);
  }

  @Test
  default void ofRacingDeletions_oneSucceeds() {
    ChainRow row = Rows.minted(chain("raced"));
    String version = inserted(row);
    List<Boolean> results = Race.of(racers(), i -> store().delete(row.key(), version));
    assertThat(results).containsOnlyOnce(true);
    assertThat(store().find(row.key())).isEmpty();
  }

  @Test
  default void ofADeletionAndAReplacement_oneSucceeds() {
    for (int round = 0; round < 10; round++) {
      ChainRow row = Rows.minted(chain("raced-" + round));
      String version = inserted(row);
      List<Boolean> won =
          Race.of(
              2,
              i ->
                  i == 0
                      ? store().delete(row.key(), version)
                      : isWritten(store().replace(Rows.next(row), version, List.of())));
      assertThat(won).containsOnlyOnce(true);
      assertThat(store().find(row.key()).isPresent()).isEqualTo(won.get(1));
    }
  }

  @Test
  default void ofManyThreadsThatAddOne_nothingIsLost() {
    ChainRow row = Rows.minted(chain("counted"));
    inserted(row);
    List<Integer> added = Race.of(8, i -> addOneManyTimes(row.key()));
    int sum = added.stream().mapToInt(Integer::intValue).sum();
    assertThat(sum).isEqualTo(8 * increments());
    assertThat(found(row.key()).row().control().revision()).isEqualTo(1L + sum);
  }

  @Test
  default void aWriteThatReturned_isSeenByEveryThread() {
    ChainRow row = Rows.minted(chain("seen"));
    String version = inserted(row);
    ChainRow next = Rows.next(row);
    String written = replaced(next, version);
    List<StoredChain> seen = Race.of(8, i -> found(row.key()));
    assertThat(seen).containsOnly(new StoredChain(next, written));
  }

  @Test
  default void whileOneWrites_readersNeverSeeTheRowGoBack() {
    ChainRow row = Rows.minted(chain("watched"));
    inserted(row);
    List<Integer> wentBack =
        Race.of(4, i -> i == 0 ? addOneManyTimes(row.key()) * 0 : stepsBack(row.key()));
    assertThat(wentBack).containsOnly(0);
  }

  private int addOneManyTimes(ChainKey key) {
    StoredChain last = found(key);
    int done = 0;
    while (done < increments()) {
      WriteResult result = store().replace(Rows.next(last.row()), last.version(), List.of());
      if (isWritten(result)) {
        done++;
        last = found(key);
      } else {
        last = winner(result);
      }
    }
    return done;
  }

  private int stepsBack(ChainKey key) {
    int steps = 0;
    long last = 0;
    for (int i = 0; i < 50; i++) {
      long revision = found(key).row().control().revision();
      steps += revision < last ? 1 : 0;
      last = revision;
    }
    return steps;
  }

  private List<ChainRow> candidates(ChainRow row) {
    return IntStream.range(0, racers()).mapToObj(i -> Rows.next(row)).toList();
  }

  private void assertOneWinner(List<ChainRow> rows, List<WriteResult> results) {
    List<StoredChain> winners = new ArrayList<>();
    List<StoredChain> seenByLosers = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      if (results.get(i) instanceof WriteResult.Written written) {
        winners.add(new StoredChain(rows.get(i), written.version()));
      } else {
        seenByLosers.add(winner(results.get(i)));
      }
    }
    assertThat(winners).hasSize(1);
    assertThat(seenByLosers).hasSize(racers() - 1).containsOnly(winners.get(0));
    assertThat(found(rows.get(0).key())).isEqualTo(winners.get(0));
  }

  private static boolean isWritten(WriteResult result) {
    return result instanceof WriteResult.Written;
  }
}
