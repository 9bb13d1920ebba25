package dev.tokenlife.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.Refusal;
import dev.tokenlife.spi.StoreException;
import dev.tokenlife.testing.CountingStore;
import dev.tokenlife.testing.FaultyStore;
import dev.tokenlife.testing.Race;
import dev.tokenlife.testing.ReferenceStore;
import dev.tokenlife.testing.StoreCall;
import dev.tokenlife.testing.StoreFault;
import dev.tokenlife.time.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReplayCacheTest {
  private static final Duration TTL = Duration.ofSeconds(20);

  private final VirtualTime time = new VirtualTime();
  private final ReferenceStore rows = ReferenceStore.shared();
  private final CountingStore counted = CountingStore.around(rows);
  private final SealedTokens stored = once(ReplayCache.stored(counted, "uses", time));

  @Test
  void token_opensOnce_forOneInsert() {
    String token = stored.seal("p", "x");
    assertThat(counted.total()).isZero();
    assertThat(stored.open(token, "p")).isInstanceOf(Opening.Opened.class);
    assertThat(stored.open(token, "p")).isEqualTo(refused(Refusal.ALREADY_CONSUMED));
    assertThat(counted.total()).isEqualTo(2);
    assertThat(counted.inserts()).isEqualTo(2);
  }

  @Test
  void forgedForeignAndExpiredTokens_reachNoStore() {
    String token = stored.seal("p", "x");
    for (int i = 0; i < 10_000; i++) {
      assertThat(stored.open("Ag" + i, "p")).isEqualTo(refused(Refusal.INVALID));
    }
    assertThat(stored.open(token, "q")).isEqualTo(refused(Refusal.INVALID));
    time.advance(TTL);
    assertThat(stored.open(token, "p")).isEqualTo(refused(Refusal.TOKEN_EXPIRED));
    assertThat(counted.total()).isZero();
  }

  @Test
  void thirtyTwoProcesses_openItOnceAltogether() {
    String token = stored.seal("p", "x");
    List<Opening> openings =
        Race.of(32, i -> once(ReplayCache.stored(rows, "uses", time)).open(token, "p"));
    assertThat(openings).filteredOn(Opening.Opened.class::isInstance).hasSize(1);
    assertThat(openings).filteredOn(refused(Refusal.ALREADY_CONSUMED)::equals).hasSize(31);
  }

  @Test
  void sixtyFourThreads_openItOnce_inOneProcess() {
    SealedTokens local = once(ReplayCache.inProcess(100, time));
    String token = local.seal("p", "x");
    List<Opening> openings = Race.of(64, i -> local.open(token, "p"));
    assertThat(openings).filteredOn(Opening.Opened.class::isInstance).hasSize(1);
  }

  @Test
  void lostAnswer_isRecognised_byTheRow() {
    FaultyStore faulty = FaultyStore.around(rows);
    SealedTokens tokens = once(ReplayCache.stored(faulty, "uses", time));
    String token = tokens.seal("p", "x");
    faulty.breakNext(StoreCall.INSERT, StoreFault.ANSWER_LOST);
    assertThat(tokens.open(token, "p")).isInstanceOf(Opening.Opened.class);
    assertThat(tokens.open(token, "p")).isEqualTo(refused(Refusal.ALREADY_CONSUMED));
  }

  @Test
  void lostAnswerOfAnotherUse_opensNothing() {
    FaultyStore faulty = FaultyStore.around(rows);
    SealedTokens tokens = once(ReplayCache.stored(faulty, "uses", time));
    String token = tokens.seal("p", "x");
    assertThat(tokens.open(token, "p")).isInstanceOf(Opening.Opened.class);
    faulty.breakNext(StoreCall.INSERT, StoreFault.ANSWER_LOST);
    assertThatThrownBy(() -> tokens.open(token, "p")).isInstanceOf(StoreException.class);
  }

  @Test
  void unreachableStore_keepsTheTokenClosed() {
    FaultyStore faulty = FaultyStore.around(rows);
    SealedTokens tokens = once(ReplayCache.stored(faulty, "uses", time));
    String token = tokens.seal("p", "x");
    faulty.breakNext(StoreCall.INSERT, StoreFault.UNAVAILABLE);
    assertThatThrownBy(() -> tokens.open(token, "p")).isInstanceOf(StoreException.class);
    assertThat(tokens.open(token, "p")).isInstanceOf(Opening.Opened.class);
  }

  @Test
  void storedRow_doesNotTellTheToken() {
    String token = stored.seal("p", "x");
    stored.open(token, "p");
    String id = ReplayIds.of(Objects.requireNonNull(Base64Url.decode(token)));
    assertThat(rows.find(ChainKey.of("uses", id)))
        .hasValueSatisfying(row -> assertThat(row.toString()).doesNotContain(token.substring(7)));
  }

  @Test
  void purge_takesAwayOnlyWhatMattersNoMore() {
    StoredUses uses = ReplayCache.stored(rows, "uses", time);
    long now = time.wallMillis();
    for (int i = 0; i < 250; i++) {
      assertThat(uses.firstUse(ChainIds.fromName("old " + i), now + 1000)).isTrue();
    }
    time.advance(Duration.ofMinutes(10));
    assertThat(uses.firstUse(ChainIds.fromName("young"), time.wallMillis() + 1000)).isTrue();
    assertThat(uses.purge(1000)).isZero();
    time.advance(Duration.ofSeconds(1));
    assertThat(uses.purge(0)).isZero();
    assertThat(uses.purge(120)).isBetween(119, 120);
    assertThat(uses.purge(1000) + uses.purge(1000)).isBetween(130, 131);
    assertThat(rows.listing().byPartition("uses", Optional.empty(), 1000).items()).hasSize(1);
    assertThat(uses.firstUse(ChainIds.fromName("young"), time.wallMillis() + 1000)).isFalse();
  }

  @Test
  void localCache_isBounded_andForgetsWhatMattersNoMore() {
    LocalUses uses = new LocalUses(3, time);
    long now = time.wallMillis();
    assertThat(uses.firstUse("a", now + 30)).isTrue();
    assertThat(uses.firstUse("b", now + 10)).isTrue();
    assertThat(uses.firstUse("c", now + 20)).isTrue();
    assertThat(uses.firstUse("a", now + 30)).isFalse();
    assertThatThrownBy(() -> uses.firstUse("d", now + 10))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("FULL")
        .hasMessageContaining("capacity");
    time.advance(Duration.ofMillis(10));
    assertThat(uses.firstUse("d", now + 40)).isTrue();
    assertThat(uses.size()).isEqualTo(3);
    assertThat(uses.firstUse("c", now + 20)).isFalse();
    assertThat(uses.firstUse("b", now + 10)).as("over by this clock").isFalse();
    assertThatThrownBy(() -> new LocalUses(0, time)).isInstanceOf(IllegalArgumentException.class);
  }

  private SealedTokens once(ReplayCache uses) {
    return SealedTokens.builder(Sample.ring()).type("ONCE").ttl(TTL).once(uses).time(time).build();
  }

  private static Opening.Refused refused(Refusal reason) {
    return new Opening.Refused(reason);
  }
}
