package dev.tokenlife.azure;

import static dev.tokenlife.azure.FaultPolicy.answer;
import static dev.tokenlife.azure.FaultPolicy.error;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.ChainRow;
import dev.tokenlife.spi.StoreException;
import dev.tokenlife.spi.StoreException.Kind;
import dev.tokenlife.spi.StoredChain;
import dev.tokenlife.testing.Rows;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The service answers, and the answer is no. */
final class RefusalTest extends FaultCase {
  private static final Duration SOON = Duration.ofMillis(900);

  // Fault 11.
  @Test
  void twiceBusy_isWaitedFor_asLongAsTheServiceAsks() {
    ChainRow row = Rows.minted(chain("a"));
    faults.next(2, FaultPolicy::isInsert, answer(503, Map.of("Retry-After", "1"), ""));
    Duration took = timed(() -> version(store.insert(row, List.of())));
    assertThat(took).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
    assertThat(rival.find(row.key())).isPresent();
  }

  // Fault 11, in milliseconds.
  @Test
  void aBusyReader_waitsAsManyMillisecondsAsAskedFor() {
    faults.next(1, FaultPolicy::isRead, answer(503, Map.of("x-ms-retry-after-ms", "400"), ""));
    assertThat(timed(() -> assertThat(store.find(chain("first"))).isPresent()))
        .isBetween(Duration.ofMillis(400), Duration.ofSeconds(2));
  }

  // Fault 12.
  @Test
  void busyForEver_isThrottled_withinTheDeadline_andWithoutAHotLoop() {
    faults.always(FaultPolicy::isInsert, error(503, "ServerBusy"));
    Duration took =
        timed(
            () -> failing(Kind.THROTTLED, () -> store.insert(Rows.minted(chain("a")), List.of())));
    assertThat(took).isLessThan(Duration.ofSeconds(5));
    assertThat(faults.seen()).hasSizeLessThan(15);
  }

  // Fault 12: more patience is asked for than the caller has.
  @Test
  void whenAskedToWaitLongerThanTheDeadline_itFailsAtOnce_andSaysHowLong() {
    faults.always(FaultPolicy::isInsert, answer(503, Map.of("Retry-After", "60"), ""));
    long start = System.nanoTime();
    StoreException failure =
        failing(Kind.THROTTLED, () -> store.insert(Rows.minted(chain("a")), List.of()));
    assertThat(failure.retryAfter()).contains(Duration.ofSeconds(60));
    assertThat(failure.retryable()).isTrue();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
  }

  // Fault 14.
  @ParameterizedTest
  @ValueSource(ints = {408, 429})
  void otherWaysToSayBusy_areTreatedAlike(int status) {
    faults.next(1, FaultPolicy::isInsert, answer(status));
    version(store.insert(Rows.minted(chain("a")), List.of()));
    faults.always(FaultPolicy::isRead, answer(status));
    failing(Kind.THROTTLED, () -> store.find(chain("a")));
  }

  // Fault 15.
  @Test
  void busyInHtmlOrWithoutABody_isTreatedAlike() {
    faults.next(
        1,
        FaultPolicy::isRead,
        answer(503, Map.of("Content-Type", "text/html"), "<html>Our services...</html>"));
    faults.next(1, FaultPolicy::isRead, answer(503));
    assertThat(store.find(chain("first"))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 504})
  void aReadThatIsAnsweredByAnError_isTriedAgain_andThenUnavailable(int status) {
    faults.next(1, FaultPolicy::isRead, answer(status));
    assertThat(store.find(chain("first"))).isPresent();
    faults.seen();
    faults.always(FaultPolicy::isRead, answer(status));
    failing(Kind.UNAVAILABLE, () -> store.find(chain("first")));
    assertThat(faults.seen()).hasSize(3);
  }

  // Fault 16.
  @Test
  void aRefusedCredential_isSaidAtOnce_inWhateverForm() {
    String xml =
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><error><code>AuthenticationFailed</code></error>";
    for (FaultPolicy.Fault refusal :
        List.of(
            answer(403, Map.of("Content-Type", "application/xml"), xml),
            error(403, "AuthenticationFailed"),
            answer(403),
            answer(401))) {
      faults.clear();
      faults.always(FaultPolicy::any, refusal);
      faults.seen();
      StoreException failure = failing(Kind.UNAUTHORIZED, () -> store.find(chain("first")));
      assertThat(failure).hasMessageContaining("Storage Table Data Contributor");
      assertThat(faults.seen()).hasSize(1);
      failing(Kind.UNAUTHORIZED, () -> store.insert(Rows.minted(chain("a")), List.of()));
      failing(Kind.UNAUTHORIZED, () -> store.due().planned());
    }
  }

  // Fault 16: without the jar that reads XML the SDK throws an Error.
  @Test
  void anAnswerThatCannotBeReadForWantOfAClass_saysWhichJarIsMissing() {
    faults.always(
        FaultPolicy::isRead,
        (request, forward) -> {
          throw new NoClassDefFoundError("com/fasterxml/jackson/dataformat/xml/XmlMapper");
        });
    assertThat(failing(Kind.MISCONFIGURED, () -> store.find(chain("first"))))
        .hasMessageContaining("jackson-dataformat-xml");
  }

  // Fault 20.
  @Test
  void aTableThatIsGone_isSaid_andNotCreatedBehindAnybodysBack() {
    AzureTokenStore nowhere = Stores.builder(azurite()).build();
    for (Runnable use :
        List.<Runnable>of(
            () -> nowhere.find(chain("a")),
            () -> nowhere.insert(Rows.minted(chain("a")), List.of()),
            () -> nowhere.due().planned(),
            () -> nowhere.wipe("partition-1"))) {
      assertThat(failing(Kind.MISCONFIGURED, use::run)).hasMessageContaining("init-tables");
    }
    assertThat(nowhere.health().problem()).contains(Kind.MISCONFIGURED);
  }

  // Fault 21.
  @Test
  void aTableThatIsBeingDeleted_isWaitedFor_andThenSaid() {
    faults.next(1, FaultPolicy::isInsert, error(409, "TableBeingDeleted"));
    version(store.insert(Rows.minted(chain("a")), List.of()));
    faults.always(FaultPolicy::isInsert, error(409, "TableBeingDeleted"));
    assertThat(failing(Kind.MISCONFIGURED, () -> store.insert(Rows.minted(chain("b")), List.of())))
        .hasMessageContaining("another table prefix");
  }

  @Test
  void whatTheServiceCallsInvalid_isRejected_withoutATry() {
    faults.always(FaultPolicy::isInsert, error(400, "InvalidInput"));
    failing(Kind.REJECTED, () -> store.insert(Rows.minted(chain("a")), List.of()));
    assertThat(faults.seen()).hasSize(1);
  }

  // Fault 26.
  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "{\"value\":[", "[]"})
  void anEmptyOrCutAnswer_isAnError_neverNoRows(String body) {
    FaultPolicy.Fault cut = answer(200, Map.of("Content-Type", "application/json"), body);
    faults.always(FaultPolicy::isRead, cut);
    failing(Kind.UNAVAILABLE, () -> store.find(chain("first")));
    failing(
        Kind.UNAVAILABLE,
        () -> store.listing().byPartition("partition-1", java.util.Optional.empty(), 10));
    failing(Kind.UNAVAILABLE, () -> store.due().planned());
    faults.clear();
    faults.next(1, FaultPolicy::isRead, cut);
    assertThat(store.find(chain("first"))).isPresent();
  }

  // Fault 18.
  @Test
  void aConflict_isToldByOneRead_withoutARetry() {
    StoredChain there = inserted(Rows.minted(chain("a")));
    version(rival.replace(Rows.next(there.row()), there.version(), List.of()));
    faults.seen();
    store.replace(Rows.next(there.row()), there.version(), List.of());
    assertThat(faults.seen()).hasSize(2);
  }

  @Test
  void health_saysWhatIsWrong_andHowLongItTook() {
    assertThat(store.health().usable()).isTrue();
    faults.always(FaultPolicy::any, answer(403));
    StoreHealth health = store.health();
    assertThat(health.usable()).isFalse();
    assertThat(health.problem()).contains(Kind.UNAUTHORIZED);
    assertThat(health.detail()).contains("Chains");
    assertThat(health.took()).isPositive();
  }
}
