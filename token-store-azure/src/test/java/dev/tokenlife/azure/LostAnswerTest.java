package dev.tokenlife.azure;

import static dev.tokenlife.azure.FaultPolicy.dropResponse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.ChainRow;
import dev.tokenlife.spi.Companion;
import dev.tokenlife.spi.CompanionChange;
import dev.tokenlife.spi.StoreException;
import dev.tokenlife.spi.StoredChain;
import dev.tokenlife.spi.TokenStore.Insertion;
import dev.tokenlife.spi.WriteResult;
import dev.tokenlife.testing.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a write came to is found out by reading back; only what cannot be found out is unknown. */
final class LostAnswerTest extends FaultCase {
  // Fault 3.
  @Test
  void anInsertWhoseAnswerIsLost_isWritten_once() {
    ChainRow row = Rows.minted(chain("a"));
    faults.next(1, FaultPolicy::isInsert, dropResponse());
    String version = version(store.insert(row, List.of()));
    assertThat(rival.find(row.key())).contains(new StoredChain(row, version));
  }

  // Fault 4.
  @Test
  void aReplacementWhoseAnswerIsLost_isWritten_notLost() {
    StoredChain there = inserted(Rows.minted(chain("a")));
    ChainRow next = Rows.next(there.row());
    faults.next(1, FaultPolicy::isReplace, dropResponse());
    String version = version(store.replace(next, there.version(), List.of()));
    assertThat(rival.find(next.key())).contains(new StoredChain(next, version));
  }

  // Fault 5.
  @Test
  void aTransactionWhoseAnswerIsLost_isWritten_companionsAndAll() {
    StoredChain there = inserted(Rows.minted(chain("a")));
    ChainRow next = Rows.handedOver(there.row(), "ann");
    faults.next(1, FaultPolicy::isBatch, dropResponse());
    List<CompanionChange> changes =
        List.of(CompanionChange.insert(Companion.holderIndex("ann", next.key())));
    String version = version(store.replace(next, there.version(), changes));
    assertThat(rival.listing().byHolder("partition-1", "ann", Optional.empty(), 5).items())
        .containsExactly(new StoredChain(next, version));
  }

  // Fault 5, many rows.
  @Test
  void aBulkInsertWhoseAnswerIsLost_isWritten_rowByRow() {
    List<Insertion> rows =
        IntStream.range(0, 10)
            .mapToObj(i -> new Insertion(Rows.minted(chain("bulk-" + i)), List.of()))
            .toList();
    faults.next(1, FaultPolicy::isBatch, dropResponse());
    List<WriteResult> results = store.insertAll(rows);
    for (int i = 0; i < 10; i++) {
      assertThat(rival.find(rows.get(i).row().key()))
          .contains(new StoredChain(rows.get(i).row(), version(results.get(i))));
    }
  }

  // Fault 6: ours was executed and then replaced; nobody can tell from the row alone.
  @Test
  void whenARivalBuildsOnAWriteWhoseAnswerIsLost_theAnswerIsUnknown_andTheRivalsDataIsKept() {
    StoredChain there = inserted(Rows.minted(chain("a")));
    ChainRow mine = Rows.next(there.row());
    ChainRow theirs = Rows.next(mine);
    faults.next(
        1,
        FaultPolicy::isReplace,
        FaultPolicy.after(
            () -> {
              StoredChain now = rival.find(mine.key()).orElseThrow();
              version(rival.replace(theirs, now.version(), List.of()));
            }));
    failing(StoreException.Kind.UNKNOWN, () -> store.replace(mine, there.version(), List.of()));
    assertThat(rival.find(mine.key()).orElseThrow().row()).isEqualTo(theirs);
  }

  // Fault 6: the rival was first; ours was never executed.
  @Test
  void whenARivalWinsAndOurAnswerIsLost_theWriteIsLost_andCarriesTheRivalsRow() {
    StoredChain there = inserted(Rows.minted(chain("a")));
    ChainRow theirs = Rows.next(there.row());
    List<StoredChain> winner = new ArrayList<>();
    faults.next(
        1,
        FaultPolicy::isReplace,
        (request, forward) -> {
          winner.add(
              new StoredChain(theirs, version(rival.replace(theirs, there.version(), List.of()))));
          return dropResponse().apply(request, forward);
        });
    assertThat(store.replace(Rows.next(there.row()), there.version(), List.of()))
        .isEqualTo(new WriteResult.Lost(Optional.of(winner.get(0))));
  }

  @Test
  void anInsertThatARivalBuiltOn_isUnknown_becauseItMayHaveBeenOurs() {
    ChainRow mine = Rows.minted(chain("a"));
    faults.next(
        1,
        FaultPolicy::isInsert,
        FaultPolicy.after(
            () -> {
              StoredChain now = rival.find(mine.key()).orElseThrow();
              version(rival.replace(Rows.next(mine), now.version(), List.of()));
            }));
    failing(StoreException.Kind.UNKNOWN, () -> store.insert(mine, List.of()));
  }

  // Fault 7, by policy; the proxy does it on the wire.
  @Test
  void aWriteThatNeverArrived_isSentAgain_andHasOneEffect() {
    StoredChain there = inserted(Rows.minted(chain("a")));
    ChainRow next = Rows.next(there.row());
    faults.next(1, FaultPolicy::isReplace, FaultPolicy.dropRequest());
    version(store.replace(next, there.version(), List.of()));
    assertThat(rival.find(next.key()).orElseThrow().row()).isEqualTo(next);
  }

  // Fault 13.
  @Test
  void aWriteThatWasExecutedAndAnswered500_isWritten() {
    StoredChain there = inserted(Rows.minted(chain("a")));
    ChainRow next = Rows.next(there.row());
    faults.next(
        1, FaultPolicy::isReplace, FaultPolicy.doAndAnswer(500, Map.of(), "OperationTimedOut"));
    version(store.replace(next, there.version(), List.of()));
    assertThat(rival.find(next.key()).orElseThrow().row()).isEqualTo(next);
  }

  @Test
  void aWriteThatIsNeverAnswered_andCannotBeReadBack_isUnknown_withinTheDeadline() {
    StoredChain there = inserted(Rows.minted(chain("a")));
    faults.next(1, FaultPolicy::isReplace, dropResponse());
    faults.always(FaultPolicy::any, FaultPolicy.dropRequest());
    StoreException failure =
        failing(
            StoreException.Kind.UNKNOWN,
            () -> store.replace(Rows.next(there.row()), there.version(), List.of()));
    assertThat(failure).hasMessageContaining("Chains").hasMessageContaining("c:a");
    assertThat(failure.retryable()).isTrue();
  }

  @Test
  void aWriteThatNeverArrivesAtAll_isUnknown_atTheEndOfTheDeadline() {
    StoredChain there = inserted(Rows.minted(chain("a")));
    faults.always(FaultPolicy::isReplace, FaultPolicy.dropRequest());
    failing(
        StoreException.Kind.UNKNOWN,
        () -> store.replace(Rows.next(there.row()), there.version(), List.of()));
    assertThat(rival.find(there.row().key())).contains(there);
  }

  // Fault 39: the service takes longer than we wait, and does it in the end.
  @Test
  void aWriteThatTimedOutAndWasAppliedLater_isWritten_once() throws InterruptedException {
    StoredChain there = inserted(Rows.minted(chain("a")));
    ChainRow next = Rows.next(there.row());
    CountDownLatch applied = new CountDownLatch(1);
    faults.next(
        1,
        FaultPolicy::isReplace,
        (request, forward) -> {
          Thread late =
              new Thread(
                  () -> {
                    try {
                      forward.get().close();
                    } finally {
                      applied.countDown();
                    }
                  });
          late.start();
          throw new java.io.UncheckedIOException(new java.net.http.HttpTimeoutException("late"));
        });
    String version = version(store.replace(next, there.version(), List.of()));
    assertThat(applied.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(rival.find(next.key())).contains(new StoredChain(next, version));
  }

  @Test
  void aDeletionWhoseAnswerIsLost_isUnknown_andDone() {
    ChainRow row = Rows.minted(chain("a"), "ann");
    String version =
        version(
            store.insert(
                row, List.of(CompanionChange.insert(Companion.holderIndex("ann", row.key())))));
    faults.next(1, FaultPolicy::isBatch, dropResponse());
    failing(StoreException.Kind.UNKNOWN, () -> store.delete(row.key(), version));
    assertThat(rival.find(row.key())).isEmpty();
  }

  @Test
  void aDeletionThatNeverArrived_isSentAgain() {
    StoredChain there = inserted(Rows.minted(chain("a")));
    faults.next(1, FaultPolicy::isBatch, FaultPolicy.dropRequest());
    assertThat(store.delete(there.row().key(), there.version())).isTrue();
  }

  // Fault 41, the store's part: a rerun writes what is missing and reports the rest.
  @Test
  void aBulkInsertThatBrokeOff_canBeRunAgain() {
    List<Insertion> rows =
        IntStream.range(0, 250)
            .mapToObj(i -> new Insertion(Rows.minted(chain("bulk-" + i)), List.of()))
            .toList();
    faults.next(1, FaultPolicy::isBatch, (request, forward) -> forward.get());
    faults.always(FaultPolicy::isWrite, FaultPolicy.error(403, "AuthorizationFailure"));
    failing(StoreException.Kind.UNAUTHORIZED, () -> store.insertAll(rows));
    faults.clear();
    List<WriteResult> results = store.insertAll(rows);
    assertThat(results.stream().filter(WriteResult.Lost.class::isInstance)).hasSize(100);
    assertThat(results.stream().filter(WriteResult.Written.class::isInstance)).hasSize(150);
    assertThat(rival.listing().byPartition("partition-1", Optional.empty(), 1000).items())
        .hasSize(251);
  }
}
