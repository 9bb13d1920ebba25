package dev.tokenlife;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tokenlife.model.AccessToken;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.FailureKind;
import dev.tokenlife.model.TokenUnavailableException;
import dev.tokenlife.model.TokenUnavailableException.Reason;
import dev.tokenlife.spi.FetchedToken;
import dev.tokenlife.testing.ReferenceStore;
import dev.tokenlife.testing.ScriptedSource;
import dev.tokenlife.testing.SourceGate;
import dev.tokenlife.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What callers of {@link Tokens} see, with the engine that does nothing by itself. */
class TokensReadTest {
  private static final ChainKey BANK = ChainKey.of("bank");
  private static final Duration HOUR = Duration.ofHours(1);

  private final VirtualTime time = new VirtualTime();
  private final ScriptedSource source = ScriptedSource.create();
  private final ReferenceStore store = ReferenceStore.local();
  private final Tokens tokens = tokens().build();

  private TokensBuilder tokens() {
    return Tokens.builder().source(source).engine(PullEngine.create()).store(store).time(time);
  }

  @AfterEach
  void close() {
    tokens.close(Duration.ofSeconds(5));
  }

  @Test
  void freshToken_isServedWithoutAnotherCall() {
    source.answer("one", HOUR);
    AccessToken first = tokens.get(BANK);
    assertThat(tokens.get(BANK)).isSameAs(first);
    assertThat(first.bearer()).isEqualTo("Bearer one");
    assertThat(source.calls()).isEqualTo(1);
  }

  @Test
  void dueToken_isReturnedAtOnce_whileTheRefreshRuns() {
    source.answer("one", HOUR);
    AccessToken first = tokens.get(BANK);
    SourceGate gate = source.block();
    time.advance(Duration.ofMinutes(56));
    assertThat(tokens.get(BANK)).isSameAs(first);
    gate.awaitArrival();
    assertThat(tokens.get(BANK)).isSameAs(first);
    gate.open(FetchedToken.of("two", HOUR));
    await().untilAsserted(() -> assertThat(tokens.get(BANK).bearer()).isEqualTo("Bearer two"));
    assertThat(source.calls()).isEqualTo(2);
  }

  @Test
  void thousandCallersOfAnExpiredToken_causeOneCall_andAllGetIt() throws Exception {
    SourceGate gate = source.block();
    int callers = 1000;
    ExecutorService threads = Executors.newFixedThreadPool(callers);
    CountDownLatch ready = new CountDownLatch(callers);
    Set<AccessToken> seen = ConcurrentHashMap.newKeySet();
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < callers; i++) {
      all.add(
          threads.submit(
              () -> {
                ready.countDown();
                seen.add(tokens.get(BANK));
              }));
    }
    ready.await();
    gate.awaitArrival();
    gate.open(FetchedToken.of("one", HOUR));
    for (Future<?> one : all) {
      one.get(30, TimeUnit.SECONDS);
    }
    threads.shutdown();
    assertThat(source.calls()).isEqualTo(1);
    assertThat(seen).hasSize(1);
  }

  @Test
  void failureIsShared_andRefusedAtOnceUntilItsTime() {
    source.fail(FailureKind.PERMANENT);
    assertThatThrownBy(() -> tokens.get(BANK))
        .isInstanceOfSatisfying(
            TokenUnavailableException.class,
            error -> {
              assertThat(error.reason()).isEqualTo(Reason.SOURCE_FAILED);
              assertThat(error.kind()).contains(FailureKind.PERMANENT);
              assertThat(error.retryable()).isFalse();
            });
    assertThatThrownBy(() -> tokens.get(BANK)).isInstanceOf(TokenUnavailableException.class);
    assertThat(source.calls()).isEqualTo(1);
    assertThat(tokens.deadLetters("bank")).hasSize(1);
  }

  @Test
  void signingInAgain_replacesAFailedGrant() {
    source.fail(FailureKind.PERMANENT);
    assertThatThrownBy(() -> tokens.get(BANK)).isInstanceOf(TokenUnavailableException.class);
    assertThat(tokens.adopt(BANK, "grant-2", FetchedToken.of("new", HOUR))).isTrue();
    assertThat(tokens.get(BANK).bearer()).isEqualTo("Bearer new");
    assertThat(tokens.deadLetters("bank")).isEmpty();
    assertThat(tokens.adopt(BANK, "grant-2", FetchedToken.of("new", HOUR))).isFalse();
  }

  @Test
  void lateRejectionOfAnOlderToken_changesNothing() {
    source.answer("one", HOUR).answer("two", HOUR);
    AccessToken first = tokens.get(BANK);
    assertThat(tokens.invalidate(BANK, first)).isTrue();
    AccessToken second = tokens.get(BANK);
    assertThat(second.bearer()).isEqualTo("Bearer two");
    assertThat(tokens.invalidate(BANK, first)).isFalse();
    assertThat(tokens.get(BANK)).isSameAs(second);
    assertThat(source.calls()).isEqualTo(2);
  }

  @Test
  void closedChain_yieldsNothing_untilSomebodySignsIn() {
    source.answer("one", HOUR);
    tokens.get(BANK);
    tokens.close(BANK, "left");
    assertThatThrownBy(() -> tokens.get(BANK)).hasMessageContaining("CHAIN_OVER");
    tokens.adopt(BANK, "g2", FetchedToken.of("back", HOUR));
    assertThat(tokens.get(BANK).bearer()).isEqualTo("Bearer back");
  }

  @Test
  void handleReadsTheSameToken() {
    source.answer("one", HOUR);
    AccessToken first = tokens.get(BANK);
    assertThat(tokens.handle(BANK).get()).isSameAs(first);
  }

  @Test
  void useAfterClose_saysSo() {
    tokens.close();
    assertThatThrownBy(() -> tokens.get(BANK)).hasMessageContaining("closed");
  }

  @Test
  void onePass_refreshesWhatIsDue_andReportsIt() {
    for (int i = 0; i < 100; i++) {
      tokens.adopt(ChainKey.of("music", "user-" + i), "g", FetchedToken.of("t" + i, HOUR));
    }
    source.otherwise(r -> FetchedToken.of("n" + r.key().id(), HOUR));
    assertThat(tokens.refreshDue(Duration.ofMinutes(5), Duration.ofSeconds(10)).refreshed())
        .isZero();
    time.advance(Duration.ofMinutes(50));
    var report = tokens.refreshDue(Duration.ofMinutes(5), Duration.ofSeconds(10));
    assertThat(report.refreshed()).isEqualTo(100);
    assertThat(report.toJson())
        .contains("\"statusCode\":200", "\"users_queried\":100", "\"tokens_refreshed\":100");
  }
}
