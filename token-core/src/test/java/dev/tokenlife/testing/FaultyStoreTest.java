package dev.tokenlife.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.spi.Effect;
import dev.tokenlife.spi.Lease;
import dev.tokenlife.spi.StoreException;
import dev.tokenlife.spi.StoredChain;
import dev.tokenlife.spi.WriteResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class FaultyStoreTest {
  private final ReferenceStore behind = ReferenceStore.shared();
  private final FaultyStore store = FaultyStore.around(behind);
  private final ChainRow row = Rows.minted(ChainKey.of("p", "c"));

  @Test
  void anUnavailableStore_writesNothing() {
    store.breakNext(StoreFault.UNAVAILABLE);
    assertKind(StoreException.Kind.UNAVAILABLE, this::insert);
    assertThat(behind.size()).isZero();
    insert();
    assertThat(behind.size()).isEqualTo(1);
  }

  @Test
  void aThrottledCall_writesNothing() {
    store.breakNext(StoreCall.INSERT, StoreFault.THROTTLED);
    assertKind(StoreException.Kind.THROTTLED, this::insert);
    assertThat(behind.size()).isZero();
  }

  @Test
  void aLostRequest_andALostAnswer_lookTheSame_butOnlyOneWrites() {
    store.breakNext(StoreFault.REQUEST_LOST);
    assertKind(StoreException.Kind.UNKNOWN, this::insert);
    assertThat(behind.size()).isZero();
    store.breakNext(StoreFault.ANSWER_LOST);
    assertKind(StoreException.Kind.UNKNOWN, this::insert);
    assertThat(behind.size()).isEqualTo(1);
  }

  @Test
  void aDelayedWrite_landsWhenItIsReleased_andMayThenLose() {
    String version = insert();
    store.breakNext(StoreCall.REPLACE, StoreFault.DELAYED);
    store.breakCall(StoreCall.REPLACE, 2, StoreFault.DELAYED);
    ChainRow first = Rows.next(row);
    ChainRow second = Rows.next(row);
    assertKind(StoreException.Kind.UNKNOWN, () -> store.replace(first, version, List.of()));
    assertKind(StoreException.Kind.UNKNOWN, () -> store.replace(second, version, List.of()));
    assertThat(behind.rows()).containsExactly(row);
    assertThat(store.delayedWrites()).isEqualTo(2);
    List<Object> landed = store.releaseDelayed();
    assertThat(landed.get(0)).isInstanceOf(WriteResult.Written.class);
    assertThat(landed.get(1)).isInstanceOf(WriteResult.Lost.class);
    assertThat(behind.rows()).containsExactly(first);
    assertThat(store.delayedWrites()).isZero();
  }

  @Test
  void aRead_isNeverUncertain() {
    for (StoreFault fault :
        List.of(StoreFault.REQUEST_LOST, StoreFault.ANSWER_LOST, StoreFault.DELAYED)) {
      store.breakNext(fault);
      assertKind(StoreException.Kind.UNAVAILABLE, () -> store.find(row.key()));
    }
    assertThat(store.delayedWrites()).isZero();
  }

  @Test
  void aKilledProcess_makesNoMoreCalls_untilItIsStartedAgain() {
    store.breakCall(1, StoreFault.KILLED_AFTER);
    assertThatThrownBy(this::insert).isInstanceOf(ProcessKilled.class);
    assertThat(behind.size()).isEqualTo(1);
    assertThatThrownBy(() -> store.find(row.key())).isInstanceOf(ProcessKilled.class);
    store.heal();
    assertThat(store.find(row.key())).map(StoredChain::row).contains(row);
    store.breakNext(StoreFault.KILLED_BEFORE);
    assertThatThrownBy(() -> store.delete(row.key(), "v1")).isInstanceOf(ProcessKilled.class);
    assertThat(behind.size()).isEqualTo(1);
  }

  @Test
  void theSameSeed_breaksTheSameCalls() {
    List<Boolean> first = outcomes(42);
    assertThat(outcomes(42)).isEqualTo(first).contains(true, false);
    assertThat(outcomes(43)).isNotEqualTo(first);
  }

  @Test
  void everyCall_isCounted_andCanBeBroken() {
    insert();
    var effect = new Effect(row.key(), 1, "ENTRY", null, "to", 0, false);
    List<ThrowingCallable> calls =
        List.of(
            () -> store.find(row.key()),
            () -> store.insertAll(List.of()),
            () -> store.delete(row.key(), "none"),
            () -> store.listing().byPartition("p", Optional.empty(), 1),
            () -> store.listing().byHolder("p", "h", Optional.empty(), 1),
            () -> store.due().dueBefore(0, Optional.empty(), 1),
            () -> store.due().planned(),
            () -> store.effects().read("p", 1),
            () -> store.effects().acknowledge(effect),
            () -> store.due().dueBefore(1, 0, Optional.empty(), 1),
            () -> store.leases().orElseThrow().all(),
            () -> store.leases().orElseThrow().put(new Lease("s:001", "", 1, "", "")),
            () -> store.leases().orElseThrow().remove("s:001"));
    for (ThrowingCallable call : calls) {
      store.breakNext(StoreFault.UNAVAILABLE);
      assertKind(StoreException.Kind.UNAVAILABLE, call);
    }
    assertThat(store.calls()).isEqualTo(1 + calls.size());
    assertThat(store.calls(StoreCall.ACKNOWLEDGE)).isEqualTo(1);
    store.recount();
    assertThat(store.calls()).isZero();
    assertThat(store.processLocal()).isFalse();
    store.close();
  }

  private List<Boolean> outcomes(long seed) {
    store.heal();
    store.breakRandomly(seed, 0.5, StoreFault.UNAVAILABLE, StoreFault.THROTTLED);
    List<Boolean> broken = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      try {
        assertThat(store.find(row.key())).isEmpty();
        broken.add(false);
      } catch (StoreException expected) {
        broken.add(true);
      }
    }
    return broken;
  }

  private String insert() {
    return ((WriteResult.Written) store.insert(row, List.of())).version();
  }

  private static void assertKind(StoreException.Kind kind, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StoreException.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
  }
}
