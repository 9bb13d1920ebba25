package dev.tokenlife.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.fail;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.spi.Companion;
import dev.tokenlife.spi.CompanionChange;
import dev.tokenlife.spi.StoreException;
import dev.tokenlife.spi.StoredChain;
import dev.tokenlife.spi.TokenStore;
import dev.tokenlife.testing.CountingStore;
import dev.tokenlife.testing.FaultyStore;
import dev.tokenlife.testing.IntrudedStore;
import dev.tokenlife.testing.ReferenceStore;
import dev.tokenlife.testing.Rows;
import dev.tokenlife.testing.StoreCall;
import dev.tokenlife.testing.StoreFault;
import dev.tokenlife.time.ProcessClock;
import dev.tokenlife.time.VirtualTime;
import dev.tokenlife.transition.Evaluation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ChainExecutorTest {
  private static final ChainKey KEY = ChainKey.of("p", "c");

  private final VirtualTime time = new VirtualTime();
  private final ReferenceStore store = ReferenceStore.local();
  private final FaultyStore faulty = FaultyStore.around(store);

  @BeforeEach
  void oneChain() {
    store.insert(Rows.minted(KEY), List.of());
  }

  @Test
  void quietCommand_costsOneReadAndOneWrite() {
    CountingStore counting = CountingStore.around(store);
    Executed<String> executed = on(counting, new Probe());
    assertThat(executed.answer()).isEqualTo("done");
    assertThat(executed.wrote()).isTrue();
    assertThat(executed.stored()).isEqualTo(stored());
    assertThat(counting.finds()).isEqualTo(1);
    assertThat(counting.replaces()).isEqualTo(1);
    assertThat(counting.total()).isEqualTo(2);
  }

  @Test
  void refusal_writesNothing_andCarriesTheRow() {
    Executed<String> executed = on(store, new Probe().refusing(row -> true));
    assertThat(executed.answer()).isEqualTo("refused");
    assertThat(executed.wrote()).isFalse();
    assertThat(executed.stored()).isEqualTo(stored());
    assertThat(revision()).isEqualTo(1);
  }

  @Test
  void lostRace_isDecidedAgain_onTheWinnersRow_withoutAnotherRead() {
    Probe probe = new Probe();
    CountingStore counting = CountingStore.around(store);
    Executed<String> executed =
        on(IntrudedStore.beforeCall(counting, 2, this::somebodyWrites), probe);
    assertThat(executed.answer()).isEqualTo("done");
    assertThat(revision()).isEqualTo(3);
    assertThat(probe.evaluations).extracting(Evaluation::first).containsExactly(true, false);
    assertThat(probe.evaluations).extracting(Evaluation::op).doesNotHaveDuplicates();
    assertThat(counting.finds()).isEqualTo(1);
  }

  @Test
  void sixLostRaces_areBusy() {
    Probe probe = new Probe();
    Executed<String> executed = on(alwaysOvertaken(7), probe);
    assertThat(executed.answer()).isEqualTo("busy");
    assertThat(executed.wrote()).isFalse();
    assertThat(probe.evaluations).hasSize(6);
  }

  @Test
  void fiveLostRaces_areNot() {
    assertThat(on(alwaysOvertaken(6), new Probe()).answer()).isEqualTo("done");
  }

  @Test
  void stubbornCommand_outlastsEveryRace() {
    assertThat(on(alwaysOvertaken(40), new Probe().stubborn()).answer()).isEqualTo("done");
  }

  @Test
  void lostAnswer_isRecognisedByItsOp_andNotDecidedAgain() {
    faulty.breakNext(StoreCall.REPLACE, StoreFault.ANSWER_LOST);
    Probe probe = new Probe();
    Executed<String> executed = on(faulty, probe);
    assertThat(executed.answer()).isEqualTo("done");
    assertThat(executed.wrote()).isTrue();
    assertThat(executed.stored()).isEqualTo(stored());
    assertThat(revision()).isEqualTo(2);
    assertThat(probe.evaluations).hasSize(1);
  }

  @Test
  void lostRequest_isDecidedAgain() {
    faulty.breakNext(StoreCall.REPLACE, StoreFault.REQUEST_LOST);
    assertThat(on(faulty, new Probe()).answer()).isEqualTo("done");
    assertThat(revision()).isEqualTo(2);
  }

  @Test
  void delayedWrite_thatLandsBeforeTheSecondAttempt_isRecognised() {
    faulty.breakNext(StoreCall.REPLACE, StoreFault.DELAYED);
    Executed<String> executed =
        on(IntrudedStore.beforeCall(faulty, 4, this::delayedLands), new Probe());
    assertThat(executed.answer()).isEqualTo("done");
    assertThat(revision()).as("one attempt only").isEqualTo(2);
  }

  @Test
  void delayedWrite_thatLandsAfterTheSecondAttempt_changesNothing() {
    faulty.breakNext(StoreCall.REPLACE, StoreFault.DELAYED);
    assertThat(on(faulty, new Probe()).answer()).isEqualTo("done");
    StoredChain before = stored();
    delayedLands();
    assertThat(stored()).isEqualTo(before);
  }

  @Test
  void lostAnswer_overtakenByOthers_isBusy_forItMayHaveHappened() {
    faulty.breakNext(StoreCall.REPLACE, StoreFault.ANSWER_LOST);
    Probe probe = new Probe();
    Executed<String> executed =
        on(IntrudedStore.beforeCall(faulty, 3, this::somebodyWrites), probe);
    assertThat(executed.answer()).isEqualTo("busy");
    assertThat(revision()).isEqualTo(3);
    assertThat(probe.evaluations).hasSize(1);
  }

  @Test
  void lostRequest_whoseRowSomebodyElseWrote_cannotHaveHappened_andIsDecidedAgain() {
    faulty.breakNext(StoreCall.REPLACE, StoreFault.REQUEST_LOST);
    Executed<String> executed =
        on(IntrudedStore.beforeCall(faulty, 3, this::somebodyWrites), new Probe());
    assertThat(executed.answer()).isEqualTo("done");
    assertThat(revision()).isEqualTo(3);
  }

  @Test
  void refusalAfterALostRequest_isBusy_forTheWriteMayStillLand() {
    faulty.breakNext(StoreCall.REPLACE, StoreFault.REQUEST_LOST);
    Probe probe = new Probe().refusing(row -> row.control().revision() == 2);
    Executed<String> executed =
        on(IntrudedStore.beforeCall(faulty, 3, this::somebodyWrites), probe);
    assertThat(executed.answer()).isEqualTo("busy");
  }

  @Test
  void onceOnlyCommand_isNeverDecidedAgain_afterALostAnswer() {
    faulty.breakNext(StoreCall.REPLACE, StoreFault.REQUEST_LOST);
    Probe probe = new Probe().onceOnly();
    assertThat(on(faulty, probe).answer()).isEqualTo("busy");
    assertThat(probe.evaluations).hasSize(1);
    assertThat(revision()).isEqualTo(1);
  }

  @Test
  void onceOnlyCommand_isDecidedAgain_afterALostRace() {
    Executed<String> executed =
        on(IntrudedStore.beforeCall(store, 2, this::somebodyWrites), new Probe().onceOnly());
    assertThat(executed.answer()).isEqualTo("done");
  }

  @Test
  void lostAnswer_overtaken_isRecognisedByItsMark() {
    faulty.breakNext(StoreCall.REPLACE, StoreFault.ANSWER_LOST);
    Executed<String> executed =
        on(IntrudedStore.beforeCall(faulty, 3, this::somebodyWrites), new Probe().marking());
    assertThat(executed.answer()).isEqualTo("recognised");
    assertThat(executed.wrote()).isTrue();
  }

  @Test
  void lostRace_toTheSameRequest_isRecognised_andIsNotItsOwnWrite() {
    Executed<String> executed =
        on(
            IntrudedStore.beforeCall(store, 2, () -> on(store, new Probe().marking())),
            new Probe().marking());
    assertThat(executed.answer()).isEqualTo("recognised");
    assertThat(executed.wrote()).isFalse();
    assertThat(revision()).isEqualTo(2);
  }

  @Test
  void existingCompanion_isToldToTheNextDecision() {
    Companion held = new Companion.HeldBefore("bob");
    store.insert(Rows.minted(ChainKey.of("p", "other")), List.of(CompanionChange.insert(held)));
    Probe probe = new Probe().with(CompanionChange.insert(held));
    assertThat(on(store, probe).answer()).isEqualTo("done");
    assertThat(probe.evaluations).hasSize(2);
    assertThat(probe.evaluations.get(1).existing()).containsExactly(held);
  }

  @Test
  void failureThatWroteNothing_isThrownAsItIs() {
    faulty.breakNext(StoreCall.REPLACE, StoreFault.UNAVAILABLE);
    assertThat(kindOf(faulty)).isEqualTo(StoreException.Kind.UNAVAILABLE);
  }

  @Test
  void failureThatWroteNothing_afterALostAnswer_leavesOpenWhatHappened() {
    faulty.breakCall(StoreCall.REPLACE, 1, StoreFault.REQUEST_LOST);
    faulty.breakCall(StoreCall.REPLACE, 2, StoreFault.UNAVAILABLE);
    assertThat(kindOf(faulty)).isEqualTo(StoreException.Kind.UNKNOWN);
  }

  @Test
  void lostAnswer_thatCannotBeReadBack_isThrownAsUnknown_withTheReasons() {
    faulty.breakNext(StoreCall.REPLACE, StoreFault.ANSWER_LOST);
    for (int read = 2; read <= 4; read++) {
      faulty.breakCall(StoreCall.FIND, read, StoreFault.UNAVAILABLE);
    }
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> on(faulty, new Probe()))
        .satisfies(
            thrown -> {
              assertThat(thrown.kind()).isEqualTo(StoreException.Kind.UNKNOWN);
              assertThat(thrown.getSuppressed()).hasSize(3);
            });
  }

  @Test
  void lostAnswer_isReadBack_onAThirdTry() {
    faulty.breakNext(StoreCall.REPLACE, StoreFault.ANSWER_LOST);
    faulty.breakCall(StoreCall.FIND, 2, StoreFault.UNAVAILABLE);
    faulty.breakCall(StoreCall.FIND, 3, StoreFault.THROTTLED);
    assertThat(on(faulty, new Probe()).answer()).isEqualTo("done");
  }

  @Test
  void interruptedCaller_isStillAnswered_andStaysInterrupted() {
    Thread.currentThread().interrupt();
    Executed<String> executed = on(alwaysOvertaken(4), new Probe());
    assertThat(Thread.interrupted()).isTrue();
    assertThat(executed.answer()).isEqualTo("done");
  }

  @Test
  void staleRow_isNeverWrittenOver() {
    StoredChain old = stored();
    somebodyWrites();
    Executed<String> executed =
        new ChainExecutor(store, new ProcessClock(time)).execute(KEY, new Probe(), old);
    assertThat(executed.answer()).isEqualTo("done");
    assertThat(revision()).isEqualTo(3);
  }

  @Test
  void rowOfAFastClock_isReported() {
    time.stepWall(Duration.ofSeconds(-6));
    assertThat(on(store, new Probe()).skewed()).isTrue();
  }

  @Test
  void rowWithinTheAllowedSkew_isNot() {
    time.stepWall(Duration.ofSeconds(-5));
    assertThat(on(store, new Probe()).skewed()).isFalse();
  }

  @Test
  void randomIds_haveAtLeast128Bits_andDiffer() {
    ChainExecutor executor = new ChainExecutor(store, new ProcessClock(time));
    assertThat(executor.randomId()).hasSize(22).isNotEqualTo(executor.randomId());
  }

  private Executed<String> on(TokenStore view, Probe probe) {
    return new ChainExecutor(view, new ProcessClock(time)).execute(KEY, probe);
  }

  private StoreException.Kind kindOf(TokenStore view) {
    try {
      return fail("" + on(view, new Probe()));
    } catch (StoreException failure) {
      return failure.kind();
    }
  }

  /** Somebody writes before each call but the first, up to a number. */
  private TokenStore alwaysOvertaken(long lastCall) {
    return IntrudedStore.beforeEach(
        store,
        call -> {
          if (call > 1 && call <= lastCall) {
            somebodyWrites();
          }
        });
  }

  private void somebodyWrites() {
    StoredChain now = stored();
    store.replace(Rows.next(now.row()), now.version(), List.of());
  }

  private void delayedLands() {
    List<Object> unused = faulty.releaseDelayed();
  }

  private StoredChain stored() {
    return store.find(KEY).orElseThrow();
  }

  private long revision() {
    ChainRow row = stored().row();
    return row.control().revision();
  }
}
