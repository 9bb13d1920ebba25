package dev.tokenlife.reseal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tokenlife.PullEngine;
import dev.tokenlife.Tokens;
import dev.tokenlife.crypto.KeyRefusedException;
import dev.tokenlife.crypto.KeyRing;
import dev.tokenlife.crypto.KeyUse;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.Progress;
import dev.tokenlife.model.Secret;
import dev.tokenlife.spi.FetchedToken;
import dev.tokenlife.spi.TokenStore;
import dev.tokenlife.testing.FaultyStore;
import dev.tokenlife.testing.IntrudedStore;
import dev.tokenlife.testing.ProcessKilled;
import dev.tokenlife.testing.ReferenceStore;
import dev.tokenlife.testing.ScriptedSource;
import dev.tokenlife.testing.StoreCall;
import dev.tokenlife.testing.StoreFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

/** Secrets at rest move from a key that is to retire to the primary one. */
final class ResealTest {
  private static final List<String> PARTITIONS = List.of("bank", "spotify");
  private static final Secret OLD = KeyRing.newKey();
  private static final Secret NEW = KeyRing.newKey();
  private static final int FAST = 1_000_000;

  private final PacedTime time = new PacedTime();
  private final ReferenceStore rows = ReferenceStore.shared();
  private final FaultyStore store = FaultyStore.around(rows);
  private final KeyRing ring = KeyRing.of(1, OLD);
  private final Tokens tokens = tokens(store, ring);
  private final IntPredicate named = KeyUse.in(rows, PARTITIONS);
  private final List<Progress> told = new ArrayList<>();

  @Test
  void afterIt_theOldKeyRetires_andEverySecretOpensWithTheNewOneAlone() {
    signIn(220);
    promote();
    assertThatThrownBy(() -> ring.retire(1, named))
        .isInstanceOf(KeyRefusedException.class)
        .hasMessageContaining("named by stored rows");
    Progress end = tokens.reseal(PARTITIONS, FAST, told::add);
    assertThat(List.of(end.done(), end.failed(), end.total())).isEqualTo(List.of(440L, 0L, 440L));
    ring.retire(1, named);
    assertThat(ring.keyIds()).containsExactly(2);
    try (Tokens others = tokens(rows, KeyRing.of(2, NEW))) {
      for (int i = 0; i < 220; i++) {
        assertThat(others.get(key("bank", i)).bearer()).isEqualTo("Bearer access-" + i);
        assertThat(others.get(key("spotify", i)).bearer()).isEqualTo("Bearer access-" + i);
      }
    }
  }

  @Test
  void onlyWhatIsSealedChanges() {
    signIn(1);
    ChainRow before = row("bank", 0);
    promote();
    tokens.reseal(PARTITIONS, FAST, told::add);
    ChainRow after = row("bank", 0);
    assertThat(after.control().revision()).isEqualTo(before.control().revision() + 1);
    assertThat(after.draft().control(before.control()).upstream(before.upstream()).row())
        .isEqualTo(before);
  }

  @Test
  void secondPass_writesNothing_andNeitherDoesOneWithoutAnOldKey() {
    signIn(3);
    assertThat(tokens.reseal(PARTITIONS, FAST, told::add).done()).isZero();
    promote();
    assertThat(tokens.reseal(PARTITIONS, FAST, told::add).done()).isEqualTo(6);
    long writes = store.calls(StoreCall.REPLACE);
    assertThat(tokens.reseal(PARTITIONS, FAST, told::add).done()).isZero();
    assertThat(store.calls(StoreCall.REPLACE)).isEqualTo(writes);
  }

  @Test
  void passThatWasKilledAnywhere_isGoneOnWithByTheNext() {
    signIn(5);
    promote();
    for (int call = 1; call <= 4; call++) {
      store.breakNext(
          StoreCall.REPLACE, call % 2 == 0 ? StoreFault.KILLED_AFTER : StoreFault.KILLED_BEFORE);
      assertThatThrownBy(() -> tokens.reseal(PARTITIONS, FAST, told::add))
          .isInstanceOf(ProcessKilled.class);
      store.heal();
    }
    Progress rest = tokens.reseal(PARTITIONS, FAST, told::add);
    assertThat(rest.done()).as("two writes were made before a kill").isEqualTo(8);
    assertThat(named.test(1)).isFalse();
  }

  @Test
  void everyBrokenWrite_isCountedOrRepeated_andNothingIsLost() {
    for (StoreFault fault :
        List.of(StoreFault.UNAVAILABLE, StoreFault.REQUEST_LOST, StoreFault.ANSWER_LOST)) {
      KeyRing theirs = KeyRing.of(1, OLD);
      theirs.add(2, NEW);
      theirs.promote(2);
      ReferenceStore copy = ReferenceStore.shared();
      try (Tokens first = tokens(copy, KeyRing.of(1, OLD))) {
        first.adopt(key("bank", 0), "grant", grant(0));
      }
      FaultyStore broken = FaultyStore.around(copy);
      broken.breakNext(StoreCall.REPLACE, fault);
      try (Tokens second = tokens(broken, theirs)) {
        Progress end = second.reseal(List.of("bank"), FAST, told::add);
        assertThat(end.failed()).isEqualTo(fault == StoreFault.UNAVAILABLE ? 1 : 0);
        assertThat(second.reseal(List.of("bank"), FAST, told::add).failed()).isZero();
        assertThat(KeyUse.in(copy, List.of("bank")).test(1)).isFalse();
        assertThat(second.get(key("bank", 0)).bearer()).isEqualTo("Bearer access-0");
      }
    }
  }

  @Test
  void whoeverWritesMeanwhile_wins_andTheirSecretIsSealedAnew() {
    signIn(1);
    promote();
    KeyRing late = KeyRing.of(1, OLD);
    try (Tokens behind = tokens(rows, late)) {
      int[] calls = {0};
      TokenStore intruded =
          IntrudedStore.beforeEach(
              rows,
              call -> {
                if (calls[0]++ == 2) {
                  behind.adopt(key("bank", 0), "another-grant", grant(99));
                }
              });
      try (Tokens here = tokens(intruded, ring)) {
        assertThat(here.reseal(List.of("bank"), FAST, told::add).failed()).isZero();
        assertThat(calls[0]).as("the first write lost").isGreaterThan(3);
        assertThat(named.test(1)).as("spotify is still to come").isTrue();
        assertThat(KeyUse.in(rows, List.of("bank")).test(1)).isFalse();
      }
    }
    try (Tokens others = tokens(rows, KeyRing.of(2, NEW))) {
      assertThat(others.get(key("bank", 0)).bearer()).isEqualTo("Bearer access-99");
    }
  }

  @Test
  void writes_keepThePace_andProgressIsTold() {
    signIn(150);
    promote();
    Progress end = tokens.reseal(PARTITIONS, 10, told::add);
    assertThat(end.elapsed()).isEqualTo(Duration.ofMillis(29_900));
    assertThat(end.rate()).isLessThan(10.1);
    assertThat(told).extracting(Progress::done).containsExactly(150L, 300L);
    assertThat(told).extracting(Progress::total).containsOnly(300L);
    assertThatThrownBy(() -> tokens.reseal(PARTITIONS, 0, told::add))
        .hasMessageContaining("perSecond is 0");
  }

  @Test
  void interruptedPass_stops_staysInterrupted_andIsGoneOnWith() {
    signIn(3);
    promote();
    time.interrupt();
    assertThat(tokens.reseal(PARTITIONS, 10, told::add).done()).isEqualTo(1);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(tokens.reseal(PARTITIONS, 10, told::add).done()).isEqualTo(5);
    assertThat(named.test(1)).isFalse();
  }

  @Test
  void secretOfALostKey_isCounted_andHoldsUpNoOther() {
    signIn(2);
    KeyRing lost = KeyRing.of(9, KeyRing.newKey());
    try (Tokens stranger = tokens(rows, lost)) {
      stranger.adopt(key("bank", 0), "sealed-with-9", grant(7));
    }
    promote();
    Progress end = tokens.reseal(PARTITIONS, FAST, told::add);
    assertThat(List.of(end.done(), end.failed())).isEqualTo(List.of(4L, 1L));
    assertThat(named.test(1)).isFalse();
    assertThat(named.test(9)).isTrue();
  }

  private void promote() {
    ring.add(2, NEW);
    ring.promote(2);
  }

  private void signIn(int each) {
    for (String partition : PARTITIONS) {
      for (int i = 0; i < each; i++) {
        tokens.adopt(key(partition, i), "grant", grant(i));
      }
    }
  }

  private static FetchedToken grant(int number) {
    return FetchedToken.of("access-" + number, Duration.ofDays(1))
        .withRefreshToken(Secret.of("refresh-" + number))
        .withAttributes(Map.of("account", "a-" + number));
  }

  private static ChainKey key(String partition, int number) {
    return ChainKey.of(partition, "user-" + number);
  }

  private ChainRow row(String partition, int number) {
    return rows.find(key(partition, number)).orElseThrow().row();
  }

  private Tokens tokens(TokenStore over, KeyRing keys) {
    return Tokens.builder()
        .source(ScriptedSource.create())
        .engine(PullEngine.create())
        .store(over)
        .keys(keys)
        .time(time)
        .executor(Runnable::run)
        .build();
  }
}
