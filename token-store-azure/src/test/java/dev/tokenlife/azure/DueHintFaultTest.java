package dev.tokenlife.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.spi.DueListing;
import dev.tokenlife.spi.DueListing.DueChain;
import dev.tokenlife.spi.Shards;
import dev.tokenlife.spi.StoreException.Kind;
import dev.tokenlife.spi.StoredChain;
import dev.tokenlife.testing.Rows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A hint too many is dropped in the end; a hint is never missing. */
final class DueHintFaultTest extends FaultCase {
  /** Overdue for years, so that only the age of a hint decides. */
  private static final long LONG_AGO = 1_000_000_000_000L;

  private AzureTokenStore impatient = store;
  private AzureTokenStore patient = store;

  @BeforeEach
  void openWorkers() {
    String prefix = Stores.prefix();
    store = open(prefix, Duration.ofMinutes(10), true);
    store.initialize();
    patient = open(prefix, Duration.ofMinutes(10), false);
    impatient = open(prefix, Duration.ofMillis(1), false);
  }

  private AzureTokenStore open(String prefix, Duration grace, boolean faulty) {
    AzureTokenStoreBuilder builder =
        Stores.builder(azurite())
            .tablePrefix(prefix)
            .hintGrace(grace)
            .deadline(Duration.ofSeconds(3));
    return (faulty ? builder.addPolicy(faults) : builder).build();
  }

  // Fault 28: the hint is written, the row is not.
  @Test
  void theHintOfAWriteThatNeverHappened_isDropped_andTheChainsOwnStays() {
    StoredChain there = inserted(Rows.fetched(chain("a"), LONG_AGO));
    faults.always(FaultPolicy::isReplace, FaultPolicy.error(403, "AuthorizationFailure"));
    ChainRow next = Rows.refreshed(there.row(), LONG_AGO + 5_000);
    failing(Kind.UNAUTHORIZED, () -> store.replace(next, there.version(), List.of()));
    assertThat(due(patient)).hasSize(2);
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                assertThat(due(impatient))
                    .containsExactly(new DueChain(there.row().key(), LONG_AGO)));
    assertThat(due(patient)).containsExactly(new DueChain(there.row().key(), LONG_AGO));
  }

  // Fault 28: an insert that never happened.
  @Test
  void theHintOfAChainThatNeverWas_isDropped() {
    faults.always(FaultPolicy::isInsert, FaultPolicy.error(403, "AuthorizationFailure"));
    failing(Kind.UNAUTHORIZED, () -> store.insert(Rows.fetched(chain("a"), LONG_AGO), List.of()));
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(due(impatient)).isEmpty());
    assertThat(patient.due().planned()).isZero();
  }

  // Fault 43: a worker looks between the hint and the row.
  @Test
  void aWorkerThatLooksBetweenHintAndRow_leavesTheHint() {
    StoredChain there = inserted(Rows.fetched(chain("a"), LONG_AGO));
    ChainRow next = Rows.refreshed(there.row(), LONG_AGO + 5_000);
    List<DueChain> seen = new ArrayList<>();
    faults.next(
        1,
        FaultPolicy::isReplace,
        (request, forward) -> {
          seen.addAll(due(patient));
          return forward.get();
        });
    version(store.replace(next, there.version(), List.of()));
    assertThat(seen).hasSize(2);
    assertThat(due(store)).containsExactly(new DueChain(next.key(), LONG_AGO + 5_000));
  }

  // The process that refreshed died before it removed the old hint.
  @Test
  void aHintThatACrashLeftBehind_isDropped_onceItIsOldAndOverdue() {
    StoredChain there = inserted(Rows.fetched(chain("a"), LONG_AGO));
    version(store.replace(Rows.refreshed(there.row(), Rows.NOW), there.version(), List.of()));
    assertThat(due(patient)).hasSize(2);
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                assertThat(due(impatient))
                    .containsExactly(new DueChain(there.row().key(), Rows.NOW)));
  }

  @Test
  void aHintThatMatchesItsChain_isKept_howeverOverdueItIs() {
    StoredChain there = inserted(Rows.fetched(chain("a"), LONG_AGO));
    for (int i = 0; i < 3; i++) {
      assertThat(due(impatient)).containsExactly(new DueChain(there.row().key(), LONG_AGO));
    }
  }

  @Test
  void aChainThatIsSuspendedAndResumedByAnother_keepsItsHint() {
    ChainRow row = Rows.fetched(chain("a"), Rows.NOW);
    String version = version(store.insert(row, List.of()));
    faults.next(
        1,
        FaultPolicy::isReplace,
        (request, forward) -> {
          var answer = forward.get();
          // Before the hint of the suspended chain is dropped, somebody resumes it.
          StoredChain suspended = patient.find(row.key()).orElseThrow();
          ChainRow resumed = Rows.in(dev.tokenlife.model.ChainState.ACTIVE, suspended.row());
          version(patient.replace(resumed, suspended.version(), List.of()));
          return answer;
        });
    ChainRow suspended = Rows.in(dev.tokenlife.model.ChainState.SUSPENDED, row);
    version(store.replace(suspended, version, List.of()));
    assertThat(due(patient)).containsExactly(new DueChain(row.key(), Rows.NOW));
  }

  @Test
  void oldHintsThatCannotBeRemoved_areLeftForLater_andNobodyIsTold() {
    StoredChain there = inserted(Rows.fetched(chain("a"), Rows.NOW));
    version(store.replace(Rows.refreshed(there.row(), Rows.NOW + 1), there.version(), List.of()));
    faults.next(
        1,
        request -> request.getHttpMethod() == com.azure.core.http.HttpMethod.DELETE,
        FaultPolicy.error(403, "AuthorizationFailure"));
    assertThat(due(store)).hasSize(2);
  }

  // Fault 27, in small: a backlog is paged, and every page makes progress.
  @Test
  void aBacklog_isReadInPages_overAllShards() {
    List<ChainKey> keys = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      keys.add(chain("a" + i));
    }
    store.insertAll(
        keys.stream()
            .map(
                key ->
                    new dev.tokenlife.spi.TokenStore.Insertion(
                        Rows.fetched(key, Rows.NOW), List.of()))
            .toList());
    List<DueChain> found = new ArrayList<>();
    for (int shard = 0; shard < Shards.COUNT; shard++) {
      found.addAll(store.due().dueBefore(shard, Rows.NOW + 1, Optional.empty(), 100).items());
    }
    assertThat(found).extracting(DueChain::key).containsExactlyInAnyOrderElementsOf(keys);
    assertThat(due(store)).hasSize(300);
  }

  private static List<DueChain> due(AzureTokenStore from) {
    DueListing listing = from.due();
    List<DueChain> found = new ArrayList<>();
    Optional<String> at = Optional.empty();
    do {
      var page = listing.dueBefore(Long.MAX_VALUE, at, 70);
      found.addAll(page.items());
      at = page.next();
    } while (at.isPresent());
    return found;
  }
}
