package dev.tokenlife.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.spi.StoreException.Kind;
import dev.tokenlife.testing.Rows;
import java.io.UncheckedIOException;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Pages as the service may send them, and the emulator never does. */
final class PagingTest extends FaultCase {
  private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

  // Fault 25.
  @Test
  void anEmptyPageInTheMiddle_isNotTheEnd() {
    Map<String, String> more =
        Map.of(
            "Content-Type",
            "application/json",
            "x-ms-continuation-NextPartitionKey",
            encoded("partition-1"),
            "x-ms-continuation-NextRowKey",
            encoded("c:"));
    faults.next(1, FaultPolicy::isQuery, FaultPolicy.answer(200, more, "{\"value\":[]}"));
    assertThat(store.listing().byPartition("partition-1", Optional.empty(), 10).items()).hasSize(1);
  }

  // Fault 25: a continuation that names a partition only.
  @Test
  void aContinuationWithoutARow_isFollowed() {
    Map<String, String> more =
        Map.of(
            "Content-Type",
            "application/json",
            "x-ms-continuation-NextPartitionKey",
            encoded("partition-1"));
    faults.next(1, FaultPolicy::isQuery, FaultPolicy.answer(200, more, "{\"value\":[]}"));
    assertThat(store.listing().byPartition("partition-1", Optional.empty(), 10).items()).hasSize(1);
    faults.next(1, FaultPolicy::isQuery, FaultPolicy.answer(200, more, "{\"value\":[]}"));
    assertThat(store.wipe("partition-1")).isEqualTo(1);
  }

  // Fault 40: the client ignores a time limit on lists, so every page has its own.
  @Test
  void everyPage_hasATimeLimitOfItsOwn() {
    faults.always(
        FaultPolicy::isQuery,
        (request, forward) -> {
          throw new UncheckedIOException(new HttpTimeoutException("request timed out"));
        });
    Duration took =
        timed(
            () ->
                failing(
                    Kind.UNAVAILABLE,
                    () -> store.listing().byPartition("partition-1", Optional.empty(), 10)));
    assertThat(took).isLessThan(Duration.ofSeconds(4));
    assertThat(faults.seen()).hasSize(3);
  }

  @Test
  void anEmptyAnswer_isAnEmptyPage() {
    faults.next(1, FaultPolicy::isQuery, FaultPolicy.answer(200, JSON, "{\"value\":[]}"));
    assertThat(store.listing().byPartition("partition-1", Optional.empty(), 10).items()).isEmpty();
  }

  // Fault 27: more than a page of the service.
  @Test
  void moreRowsThanAPageOfTheService_areRead() {
    store.insertAll(
        java.util.stream.IntStream.range(0, 1_100)
            .mapToObj(
                i ->
                    new dev.tokenlife.spi.TokenStore.Insertion(
                        Rows.minted(chain("many-" + i)), List.of()))
            .toList());
    assertThat(store.listing().byPartition("partition-1", Optional.empty(), 5_000).items())
        .hasSize(1_101);
  }

  /** The emulator's way to write a continuation; the service has its own. */
  private static String encoded(String key) {
    return Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }
}
