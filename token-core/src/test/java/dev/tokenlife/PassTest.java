package dev.tokenlife;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.FailureKind;
import dev.tokenlife.model.PassReport;
import dev.tokenlife.spi.FetchedToken;
import dev.tokenlife.spi.SourceException;
import dev.tokenlife.testing.ReferenceStore;
import dev.tokenlife.testing.StoreCall;
import dev.tokenlife.testing.StoreFault;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** One pass over everything that is due: its counts, its isolation, its deadline, its JSON. */
class PassTest extends Fixture {
  private static final Duration HORIZON = Duration.ofMinutes(5);
  private static final Duration LONG = Duration.ofMinutes(1);

  private static ChainKey user(int i) {
    return ChainKey.of("music", "user-" + i);
  }

  private void signInAll(int users) {
    for (int i = 0; i < users; i++) {
      tokens.adopt(user(i), "g", FetchedToken.of("t" + i, HOUR));
    }
  }

  @Test
  void anEmptyStore_isAllZero() throws Exception {
    PassReport report = tokens.refreshDue(HORIZON, LONG);
    JsonNode json = new ObjectMapper().readTree(report.toJson());
    assertThat(names(json)).containsExactly("statusCode", "timestamp", "statistics", "duration_ms");
    assertThat(json.get("statusCode").asInt()).isEqualTo(200);
    assertThat(json.get("timestamp").asText()).isEqualTo("2030-01-01T00:00:00Z");
    assertThat(json.get("statistics").toString())
        .isEqualTo(
            "{\"users_queried\":0,\"tokens_refreshed\":0,\"tokens_skipped\":0,"
                + "\"failures\":0,\"errors\":[]}");
    assertThat(json.get("duration_ms").isIntegralNumber()).isTrue();
    assertThat(report.truncated()).isFalse();
  }

  @Test
  void whatExpiresLaterThanTheHorizon_isSkipped() {
    signInAll(3);
    PassReport report = tokens.refreshDue(HORIZON, LONG);
    assertThat(report.queried()).isEqualTo(3);
    assertThat(report.skipped()).isEqualTo(3);
    assertThat(report.refreshed()).isZero();
    assertThat(source.calls()).isZero();
  }

  @Test
  void onePoisonedGrant_hurtsNoOther() throws Exception {
    signInAll(10);
    source.otherwise(
        request -> {
          if (request.key().equals(user(4))) {
            throw new SourceException(FailureKind.PERMANENT, "grant revoked");
          }
          return FetchedToken.of("n", HOUR);
        });
    after(Duration.ofMinutes(50));
    PassReport report = tokens.refreshDue(HORIZON, LONG);
    assertThat(report.queried()).isEqualTo(10);
    assertThat(report.refreshed()).isEqualTo(9);
    assertThat(report.failures()).isEqualTo(1);
    assertThat(report.errors()).containsExactly("music/user-4: PERMANENT: grant revoked");
    JsonNode json = new ObjectMapper().readTree(report.toJson("grants"));
    assertThat(json.get("statusCode").asInt()).isEqualTo(200);
    assertThat(json.at("/statistics/grants_queried").asInt()).isEqualTo(10);
    assertThat(json.at("/statistics/errors/0").asText()).contains("user-4");
  }

  @Test
  void aChainWithoutASource_isAFailureThatSaysSo_andEndsThePass() {
    signInAll(2);
    after(Duration.ofMinutes(50));
    try (Tokens other =
        Tokens.builder()
            .source("bank", source)
            .engine(PullEngine.create())
            .store(store)
            .time(time)
            .executor(Runnable::run)
            .build()) {
      PassReport report = other.refreshDue(HORIZON, LONG);
      assertThat(report.failures()).isEqualTo(2);
      assertThat(report.errors().get(0)).contains("no source for its partition");
      assertThat(report.truncated()).isFalse();
    }
  }

  @Test
  void aFailedListing_isA500_withThePartialStatistics() throws Exception {
    signInAll(600);
    after(Duration.ofMinutes(50));
    store.breakCall(StoreCall.DUE_BEFORE, 2, StoreFault.UNAVAILABLE);
    PassReport report = tokens.refreshDue(HORIZON, LONG);
    JsonNode json = new ObjectMapper().readTree(report.toJson());
    assertThat(names(json))
        .containsExactly(
            "statusCode", "error", "message", "timestamp", "statistics", "duration_ms");
    assertThat(json.get("statusCode").asInt()).isEqualTo(500);
    assertThat(json.get("error").asText()).isEqualTo("listing failed");
    assertThat(json.get("message").asText()).contains("UNAVAILABLE");
    assertThat(json.at("/statistics/tokens_refreshed").asInt()).isEqualTo(500);
  }

  @Test
  void pastItsDeadline_nothingNewIsStarted_andTheNextPassGoesOn() {
    signInAll(10);
    after(Duration.ofMinutes(50));
    source.otherwise(
        request -> {
          time.advance(Duration.ofSeconds(2));
          return FetchedToken.of("n", HOUR);
        });
    PassReport first = tokens.refreshDue(HORIZON, Duration.ofSeconds(9));
    assertThat(first.truncated()).isTrue();
    assertThat(first.refreshed()).isEqualTo(5);
    assertThat(first.duration()).isEqualTo(Duration.ofSeconds(10));
    PassReport second = tokens.refreshDue(HORIZON, LONG);
    assertThat(second.truncated()).isFalse();
    assertThat(second.refreshed()).isEqualTo(5);
    assertThat(source.calls()).isEqualTo(10);
  }

  @Test
  void absurdHorizonsAndDeadlines_areAsGoodAsNone() {
    signInAll(2);
    Duration ever = Duration.ofSeconds(Long.MAX_VALUE);
    assertThat(tokens.refreshDue(ever, ever).refreshed()).isEqualTo(2);
  }

  @Test
  void aHorizonShorterThanTheInterval_isWarnedAbout() {
    try (Log log = Log.of("dev.tokenlife.refresh.Pass")) {
      tokens.refreshDue(HORIZON, LONG);
      after(Duration.ofMinutes(5));
      tokens.refreshDue(HORIZON, LONG);
      assertThat(log.warnings()).isEmpty();
      after(Duration.ofMinutes(30));
      tokens.refreshDue(HORIZON, LONG);
      assertThat(log.warnings())
          .singleElement()
          .asString()
          .contains("horizonSeconds=300 intervalSeconds=1800");
    }
  }

  @Test
  void itsEnd_isLoggedWithItsStatistics() {
    signInAll(2);
    after(Duration.ofMinutes(50));
    try (Log log = Log.of("dev.tokenlife.refresh.Pass")) {
      tokens.refreshDue(HORIZON, LONG);
      assertThat(log.lines())
          .singleElement()
          .asString()
          .startsWith("Token refresh completed queried=2 refreshed=2 skipped=0 failures=0");
    }
  }

  @Test
  void aHundredGrantsAt150Millis_runInParallel() {
    ReferenceStore own = ReferenceStore.local();
    try (Tokens real =
        Tokens.builder()
            .source(
                request -> {
                  LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(150));
                  return FetchedToken.of("n", HOUR);
                })
            .engine(PullEngine.create())
            .store(own)
            .build()) {
      IntStream.range(0, 100)
          .forEach(i -> real.adopt(user(i), "g", FetchedToken.of("t", Duration.ofSeconds(2))));
      PassReport report = real.refreshDue(HORIZON, LONG);
      assertThat(report.refreshed()).isEqualTo(100);
      // One by one they would take 15 s; the machine may be busy with other things.
      assertThat(report.duration()).isLessThan(Duration.ofSeconds(5));
    }
  }

  private static List<String> names(JsonNode json) {
    Iterator<String> names = json.fieldNames();
    Iterable<String> all = () -> names;
    return StreamSupport.stream(all.spliterator(), false).toList();
  }
}
