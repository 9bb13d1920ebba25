package dev.tokenlife.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.crypto.KeyRing;
import dev.tokenlife.crypto.Opening;
import dev.tokenlife.crypto.ReplayCache;
import dev.tokenlife.crypto.SealedTokens;
import dev.tokenlife.crypto.StoredUses;
import dev.tokenlife.model.Secret;
import dev.tokenlife.spi.StoreException;
import dev.tokenlife.testing.Race;
import dev.tokenlife.testing.Rows;
import dev.tokenlife.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sealed tokens that open once, among all processes that share the tables. */
final class OnceTest extends FaultCase {
  private static final String USES = "uses";
  private static final Duration TTL = Duration.ofSeconds(20);
  private static final Duration LONG = Duration.ofMinutes(5);

  private final Secret key = KeyRing.newKey();
  private final VirtualTime time = new VirtualTime(Instant.ofEpochMilli(Rows.NOW));

  @BeforeEach
  void openStoresInVirtualTime() {
    String prefix = Stores.prefix();
    store = open(prefix, true);
    rival = open(prefix, false);
    store.initialize();
  }

  @Test
  void ofManyWhoOpenItAtOnce_oneDoes_whateverStoreTheyUse() {
    String token = once(store, TTL).seal("p", "x");
    List<Opening> openings =
        Race.of(16, i -> once(i % 2 == 0 ? store : rival, TTL).open(token, "p"));
    assertThat(openings).filteredOn(Opening.Opened.class::isInstance).hasSize(1);
    assertThat(openings)
        .filteredOn(opening -> opening instanceof Opening.Refused)
        .extracting(Object::toString)
        .hasSize(15)
        .allMatch(text -> text.contains("ALREADY_CONSUMED"));
  }

  @Test
  void aUse_isOneInsert_andARefusedOneIsToldByTheRow() {
    SealedTokens tokens = once(store, TTL);
    tokens.open(tokens.seal("p", "notes"), "p");
    String token = tokens.seal("p", "x");
    faults.seen();
    assertThat(tokens.open(token, "p")).isInstanceOf(Opening.Opened.class);
    assertThat(faults.seen()).singleElement().asString().startsWith("POST");
    assertThat(tokens.open(token, "p")).isInstanceOf(Opening.Refused.class);
    assertThat(faults.seen()).hasSize(2);
  }

  @Test
  void aLostAnswer_isRecognised_andOpensIt_once() {
    SealedTokens tokens = once(store, TTL);
    String token = tokens.seal("p", "x");
    faults.next(
        1,
        request -> FaultPolicy.isChain(request) && FaultPolicy.isInsert(request),
        FaultPolicy.dropResponse());
    assertThat(tokens.open(token, "p")).isInstanceOf(Opening.Opened.class);
    assertThat(once(rival, TTL).open(token, "p")).isInstanceOf(Opening.Refused.class);
  }

  @Test
  void whileTheStoreRefuses_nothingOpens_andNothingIsSpent() {
    SealedTokens tokens = once(store, TTL);
    String token = tokens.seal("p", "x");
    faults.next(1, FaultPolicy::isWrite, FaultPolicy.error(403, "AuthorizationFailure"));
    failing(StoreException.Kind.UNAUTHORIZED, () -> tokens.open(token, "p"));
    assertThat(tokens.open(token, "p")).isInstanceOf(Opening.Opened.class);
  }

  @Test
  void usesAreBounded_byThePurgeOrByTheStoresCleanUp() {
    SealedTokens tokens = once(store, TTL);
    for (int i = 0; i < 30; i++) {
      assertThat(tokens.open(tokens.seal("p", "x" + i), "p")).isInstanceOf(Opening.Opened.class);
    }
    StoredUses uses = ReplayCache.stored(rival, USES, time);
    assertThat(uses.purge(100)).isZero();
    time.advance(Duration.ofMinutes(11));
    assertThat(uses.purge(10)).isEqualTo(10);
    assertThat(stored()).isEqualTo(20);
    time.advance(Duration.ofDays(8));
    assertThat(store.cleanUp(Optional.empty(), LONG).removed()).isEqualTo(20);
    assertThat(stored()).isZero();
  }

  @Test
  void theUseOfATokenThatStillLives_isNotCleanedUp_howeverLongAgoItWas() {
    SealedTokens tokens = once(store, Duration.ofDays(30));
    String token = tokens.seal("p", "x");
    assertThat(tokens.open(token, "p")).isInstanceOf(Opening.Opened.class);
    time.advance(Duration.ofDays(29));
    assertThat(store.cleanUp(Optional.empty(), LONG).removed()).isZero();
    assertThat(tokens.open(token, "p")).isInstanceOf(Opening.Refused.class);
    time.advance(Duration.ofDays(9));
    assertThat(store.cleanUp(Optional.empty(), LONG).removed()).isEqualTo(1);
  }

  private int stored() {
    return rival.listing().byPartition(USES, Optional.empty(), 100).items().size();
  }

  private AzureTokenStore open(String prefix, boolean faulty) {
    AzureTokenStoreBuilder builder = Stores.builder(azurite()).tablePrefix(prefix).time(time);
    return (faulty ? builder.addPolicy(faults) : builder).build();
  }

  private SealedTokens once(AzureTokenStore in, Duration ttl) {
    return SealedTokens.builder(KeyRing.of(1, key))
        .type("ONCE")
        .ttl(ttl)
        .once(ReplayCache.stored(in, USES, time))
        .time(time)
        .build();
  }
}
