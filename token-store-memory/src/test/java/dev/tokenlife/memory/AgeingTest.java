package dev.tokenlife.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.ChainState;
import dev.tokenlife.model.CurrentToken;
import dev.tokenlife.spi.Companion;
import dev.tokenlife.spi.CompanionChange;
import dev.tokenlife.spi.Effect;
import dev.tokenlife.spi.WriteResult;
import dev.tokenlife.testing.Rows;
import dev.tokenlife.time.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is over goes in its time, and nothing else ever does. All in virtual time. */
final class AgeingTest {
  private static final Duration RETENTION = Duration.ofHours(1);

  /** Caffeine looks at most once a second. */
  private static final Duration SLACK = Duration.ofSeconds(3);

  private final VirtualTime time = new VirtualTime();
  private final MemoryTokenStore store =
      MemoryTokenStore.builder().time(time).retention(RETENTION).build();

  @Test
  void aClosedChain_staysForTheRetention_andThenGoesByItself() {
    ChainRow row = Rows.fetched(ChainKey.of("p", "a"));
    close(row, insert(row));
    assertThat(store.liveChains()).isZero();
    time.advance(RETENTION.minusMillis(1));
    assertThat(store.find(row.key())).isPresent();
    time.advance(SLACK);
    assertThat(store.find(row.key())).isEmpty();
    assertThat(store.chains()).isZero();
  }

  @Test
  void aRevokedChain_goesAsAClosedOneDoes() {
    ChainRow row = Rows.minted(ChainKey.of("p", "a"));
    replace(Rows.in(ChainState.REVOKED, row), insert(row));
    time.advance(RETENTION.plus(SLACK));
    assertThat(store.chains()).isZero();
  }

  @Test
  void aLiveChain_neverGoes_howeverOldItIs() {
    ChainRow active = Rows.minted(ChainKey.of("p", "active"));
    ChainRow suspended = Rows.fetched(ChainKey.of("p", "suspended"));
    insert(active);
    replace(Rows.in(ChainState.SUSPENDED, suspended), insert(suspended));
    time.advance(Duration.ofDays(5_000));
    assertThat(store.chains()).isEqualTo(2);
    assertThat(store.liveChains()).isEqualTo(2);
  }

  @Test
  void aChain_outlivesEveryTokenItIssued() {
    ChainRow row = Rows.minted(ChainKey.of("p", "a"));
    long expiresAt = time.wallMillis() + Duration.ofHours(5).toMillis();
    ChainRow early = row.draft().current(new CurrentToken(1, 0, Rows.NOW, expiresAt, 1)).row();
    ChainRow later =
        Rows.next(early).draft().current(new CurrentToken(2, 0, Rows.NOW, Rows.NOW + 1, 1)).row();
    close(later, replace(later, insert(early)));
    time.advance(Duration.ofHours(5));
    assertThat(store.find(row.key())).isPresent();
    time.advance(SLACK);
    assertThat(store.find(row.key())).isEmpty();
  }

  @Test
  void aChainThatComesBack_staysForEver_andAgesAfreshWhenItIsOverAgain() {
    ChainRow row = Rows.fetched(ChainKey.of("p", "a"));
    String version = close(row, insert(row));
    time.advance(RETENTION.dividedBy(2));
    ChainRow again = Rows.in(ChainState.ACTIVE, row);
    version = replace(again, version);
    assertThat(store.liveChains()).isEqualTo(1);
    time.advance(Duration.ofDays(1));
    assertThat(store.find(row.key())).isPresent();
    close(again, version);
    time.advance(RETENTION.minusMillis(1));
    assertThat(store.find(row.key())).isPresent();
    time.advance(SLACK);
    assertThat(store.find(row.key())).isEmpty();
  }

  @Test
  void aChainThatComesBackAtTheLastMoment_isNotForgotten() {
    ChainRow row = Rows.fetched(ChainKey.of("p", "a"));
    String closed = close(row, insert(row));
    String again = replace(Rows.in(ChainState.ACTIVE, row), closed);
    for (String version : List.of(closed, again)) {
      store.forget(row.key(), Long.parseLong(version, Character.MAX_RADIX));
      assertThat(store.find(row.key())).isPresent();
    }
  }

  @Test
  void aWriteToAChainThatIsOver_isKept_andTheChainStillGoes() {
    ChainRow row = Rows.fetched(ChainKey.of("p", "a"));
    ChainRow closed = Rows.closed(row);
    String version = replace(closed, insert(row));
    replace(Rows.next(closed), version);
    time.advance(RETENTION.plus(SLACK));
    assertThat(store.chains()).isZero();
  }

  @Test
  void aClosedChainThatIsDeleted_canBeOpenedAnew_andIsNotForgotten() {
    ChainRow row = Rows.fetched(ChainKey.of("p", "a"));
    String version = close(row, insert(row));
    assertThat(store.delete(row.key(), version)).isTrue();
    insert(row);
    time.advance(RETENTION.multipliedBy(3));
    assertThat(store.find(row.key())).isPresent();
  }

  @Test
  void aChainRestoredAsClosed_agesFromThenOn() {
    insert(Rows.closed(Rows.minted(ChainKey.of("p", "a"))));
    assertThat(store.liveChains()).isZero();
    time.advance(RETENTION.plus(SLACK));
    assertThat(store.chains()).isZero();
  }

  @Test
  void withTheLastChainOfAPartition_itsMarkersGo_butNoEffectBeforeItIsAcknowledged() {
    ChainKey key = ChainKey.of("p", "a");
    Effect effect = new Effect(key, 1, "ENTRY", null, "ann", Rows.NOW, false);
    ChainRow row = Rows.minted(key, "ann");
    String version =
        insert(
            row,
            new Companion.HeldBefore("ann"),
            Companion.holderIndex("ann", key),
            new Companion.EffectRow(effect));
    insert(Rows.minted(ChainKey.of("q", "a")), new Companion.HeldBefore("ann"));
    ChainRow other = Rows.minted(ChainKey.of("p", "b"));
    String otherVersion = insert(other);
    close(row, version);
    time.advance(RETENTION.plus(SLACK));
    assertThat(store.chains()).isEqualTo(2);
    assertThat(store.companions()).as("two markers and the effect").isEqualTo(3);
    close(other, otherVersion);
    time.advance(RETENTION.plus(SLACK));
    assertThat(store.companions()).as("the other marker and the effect").isEqualTo(2);
    assertThat(store.effects().read("p", 5)).containsExactly(effect);
    store.effects().acknowledge(effect);
    assertThat(store.companions()).isEqualTo(1);
  }

  @Test
  void aTimerIsArmed_onlyWhileAChainIsOnItsWayOut() {
    ChainRow row = Rows.fetched(ChainKey.of("p", "a"));
    String version = insert(row);
    assertThat(time.armedTimers()).isZero();
    close(row, version);
    assertThat(time.armedTimers()).isEqualTo(1);
    time.advance(RETENTION.plus(SLACK));
    assertThat(time.armedTimers()).isZero();
  }

  @Test
  void closingTheStore_takesTheTimerBack_andKeepsTheRows() {
    ChainRow row = Rows.fetched(ChainKey.of("p", "a"));
    close(row, insert(row));
    store.close();
    store.close();
    assertThat(time.armedTimers()).isZero();
    ChainRow later = Rows.fetched(ChainKey.of("p", "b"));
    close(later, insert(later));
    assertThat(time.armedTimers()).isZero();
    time.advance(RETENTION.multipliedBy(2));
    assertThat(store.find(row.key())).isPresent();
  }

  /** Caffeine removes a thousand at a time, and so never keeps the timer thread long. */
  @Test
  void manyChainsThatEndTogether_allGo_withinSeconds() {
    for (int i = 0; i < 5_000; i++) {
      ChainRow row = Rows.minted(ChainKey.of("p" + i % 50, "chain-" + i), "ann");
      close(row, insert(row, Companion.holderIndex("ann", row.key())));
    }
    time.advance(RETENTION.plus(SLACK.multipliedBy(3)));
    assertThat(store.chains()).isZero();
    assertThat(store.companions()).isZero();
    assertThat(time.armedTimers()).isZero();
  }

  private String insert(ChainRow row, Companion... companions) {
    List<CompanionChange> changes =
        List.of(companions).stream().map(CompanionChange::insert).toList();
    return version(store.insert(row, changes));
  }

  private String close(ChainRow row, String version) {
    return replace(Rows.closed(row), version);
  }

  private String replace(ChainRow row, String version) {
    return version(store.replace(row, version, List.of()));
  }

  private static String version(WriteResult result) {
    return Optional.of(result)
        .filter(WriteResult.Written.class::isInstance)
        .map(written -> ((WriteResult.Written) written).version())
        .orElseThrow(() -> new AssertionError("not written: " + result));
  }
}
