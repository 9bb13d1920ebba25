package dev.tokenlife;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tokenlife.model.AccessToken;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.DeadLetter;
import dev.tokenlife.model.FailureKind;
import dev.tokenlife.model.TokenUnavailableException;
import dev.tokenlife.model.TokenUnavailableException.Reason;
import dev.tokenlife.spi.Demand;
import dev.tokenlife.spi.FetchedToken;
import dev.tokenlife.spi.RefreshPolicy;
import dev.tokenlife.spi.TokenEvent;
import dev.tokenlife.testing.StoreCall;
import dev.tokenlife.testing.StoreFault;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a failing source, store, listener or policy costs, and what it does not cost. */
class TokensFailureTest extends Fixture {
  private static final Duration DUE = Duration.ofMinutes(50);

  @Test
  void aTransientFailure_leavesTheOldTokenServed_andIsTriedAgain() {
    AccessToken old = tokens.get(BANK);
    source.fail(FailureKind.TRANSIENT);
    after(DUE);
    assertThat(tokens.get(BANK)).isSameAs(old);
    assertThat(source.calls()).isEqualTo(2);
    assertThat(tokens.get(BANK)).as("not tried again at once").isSameAs(old);
    assertThat(source.calls()).isEqualTo(2);
    after(Duration.ofSeconds(2));
    assertThat(tokens.get(BANK)).isSameAs(old);
    assertThat(tokens.get(BANK)).isNotSameAs(old);
    assertThat(source.calls()).isEqualTo(3);
  }

  @Test
  void aTokenIsNeverServedAtItsHardStop_evenIfNothingElseIsThere() {
    AccessToken old = tokens.get(BANK);
    source.otherwise(
        request -> {
          throw new IllegalStateException("down");
        });
    after(Duration.ofMinutes(59).minusMillis(1));
    assertThat(tokens.get(BANK)).isSameAs(old);
    after(Duration.ofMillis(1));
    TokenUnavailableException refused = refused(() -> tokens.get(BANK));
    assertThat(refused.reason()).isEqualTo(Reason.SOURCE_FAILED);
    assertThat(refused.kind()).contains(FailureKind.TRANSIENT);
    assertThat(refused.retryable()).isTrue();
  }

  @Test
  void withTheSetting_aTokenIsServedToItsVeryExpiry() {
    try (Tokens bold = builder().serveAfterHardStop(true).build()) {
      AccessToken old = bold.get(BANK);
      source.fail(FailureKind.TRANSIENT).fail(FailureKind.TRANSIENT);
      after(Duration.ofMinutes(60).minusMillis(1));
      assertThat(bold.get(BANK)).isSameAs(old);
    }
  }

  @Test
  void aPermanentFailure_isOneCall_oneEvent_andARefusalThatSaysSo() {
    source.fail(FailureKind.PERMANENT);
    TokenUnavailableException first = refused(() -> tokens.get(BANK));
    TokenUnavailableException second = refused(() -> tokens.get(BANK));
    assertThat(first.kind()).contains(FailureKind.PERMANENT);
    assertThat(second.kind()).contains(FailureKind.PERMANENT);
    assertThat(second.retryable()).isFalse();
    assertThat(source.calls()).isEqualTo(1);
    assertThat(events.events(TokenEvent.Type.SIGN_IN_REQUIRED)).hasSize(1);
    assertThat(failure(row(BANK)).kind()).isEqualTo(FailureKind.PERMANENT);
  }

  @Test
  void aPermanentFailure_dropsTheOldToken() {
    tokens.get(BANK);
    source.fail(FailureKind.PERMANENT);
    after(DUE);
    assertThat(tokens.get(BANK)).isNotNull();
    assertThat(refused(() -> tokens.get(BANK)).kind()).contains(FailureKind.PERMANENT);
  }

  @Test
  void askingAgainAfterTheNegativeCache_isOneMoreCall_butNoMoreEvent() {
    source.fail(FailureKind.PERMANENT).fail(FailureKind.PERMANENT);
    assertThat(refused(() -> tokens.get(BANK))).isNotNull();
    after(Duration.ofSeconds(6));
    assertThat(refused(() -> tokens.get(BANK))).isNotNull();
    assertThat(source.calls()).isEqualTo(2);
    assertThat(failure(row(BANK)).count()).isEqualTo(2);
    assertThat(events.events(TokenEvent.Type.SIGN_IN_REQUIRED)).hasSize(1);
  }

  @Test
  void aPermanentFailureThatTheStoreTookLate_isToldOnce() {
    source.fail(FailureKind.PERMANENT);
    store.breakCall(StoreCall.REPLACE, 1, StoreFault.UNAVAILABLE);
    assertThat(refused(() -> tokens.get(BANK))).isNotNull();
    assertThat(row(BANK).failure()).isNull();
    after(Duration.ofSeconds(1));
    assertThat(failure(row(BANK)).kind()).isEqualTo(FailureKind.PERMANENT);
    assertThat(events.events(TokenEvent.Type.SIGN_IN_REQUIRED)).hasSize(1);
  }

  @Test
  void aDeadLetter_canBeRetriedAtOnce() {
    source.fail(FailureKind.PERMANENT);
    assertThat(refused(() -> tokens.get(BANK))).isNotNull();
    DeadLetter letter = tokens.deadLetters("bank").get(0);
    assertThat(letter.key()).isEqualTo(BANK);
    assertThat(tokens.retry(letter).join().bearer()).isEqualTo("Bearer access-1");
    assertThat(tokens.deadLetters("bank")).isEmpty();
  }

  @Test
  void aChainThatIsOver_isNoDeadLetter() {
    source.fail(FailureKind.PERMANENT);
    assertThat(refused(() -> tokens.get(BANK))).isNotNull();
    tokens.close(BANK, "left");
    assertThat(tokens.deadLetters("bank")).isEmpty();
  }

  @Test
  void throttling_waitsAsTold_forTheWholeUpstream() {
    source.throttle(Duration.ofSeconds(90));
    TokenUnavailableException refused = refused(() -> tokens.get(BANK));
    assertThat(refused.kind()).contains(FailureKind.THROTTLED);
    assertThat(refused.retryAfter()).contains(Duration.ofSeconds(90));
    TokenUnavailableException other = refused(() -> tokens.get(ChainKey.of("other")));
    assertThat(other.reason()).isEqualTo(Reason.GUARD_CLOSED);
    assertThat(other.retryAfter()).contains(Duration.ofSeconds(90));
    assertThat(source.calls()).isEqualTo(1);
    after(Duration.ofSeconds(90));
    assertThat(tokens.get(BANK)).isNotNull();
  }

  /** What a source of somebody else may return all the same. */
  @SuppressWarnings("NullAway")
  private static FetchedToken nothing() {
    return null;
  }

  @Test
  void errorsAndNull_areFailuresLikeOthers() {
    source
        .fail(new StackOverflowError())
        .then(request -> nothing())
        .fail(new Exception("secret-1"));
    for (int i = 0; i < 3; i++) {
      TokenUnavailableException refused = refused(() -> tokens.get(BANK));
      assertThat(refused.kind()).contains(FailureKind.TRANSIENT);
      assertThat(refused).hasStackTraceContaining("SOURCE_FAILED");
      assertThat(refused.getMessage()).doesNotContain("secret-1");
      after(Duration.ofSeconds(6));
    }
    assertThat(tokens.get(BANK)).isNotNull();
  }

  @Test
  void theSameTokenAgain_isKept_andTriedLater_withoutBlamingTheUpstream() {
    FetchedToken same = FetchedToken.until("same", time.instant().plus(HOUR));
    source.otherwise(request -> same);
    AccessToken first = tokens.get(BANK);
    for (int i = 0; i < 8; i++) {
      after(Duration.ofMinutes(6));
      assertThat(tokens.get(BANK)).isSameAs(first);
    }
    assertThat(source.calls()).isBetween(2, 4);
    source.otherwise(request -> FetchedToken.of("other", HOUR));
    assertThat(tokens.get(ChainKey.of("other")).bearer())
        .as("the guard is open")
        .isEqualTo("Bearer other");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -5, Long.MIN_VALUE / 1_000})
  void aTokenThatHasExpiredAlready_isNotServed_andIsNoBusyLoop(long seconds) {
    source.otherwise(request -> FetchedToken.of("old", Duration.ofSeconds(seconds)));
    assertThat(refused(() -> tokens.get(BANK)).kind()).contains(FailureKind.TRANSIENT);
    for (int i = 0; i < 100; i++) {
      assertThat(refused(() -> tokens.get(BANK))).isNotNull();
    }
    assertThat(source.calls()).isEqualTo(1);
  }

  @Test
  void aTokenOfACentury_orOfAllTime_isServed_andNotScheduledInThePast() {
    source
        .answer("century", Duration.ofDays(36_525))
        .answer("ever", Duration.ofSeconds(Long.MAX_VALUE));
    AccessToken century = tokens.get(BANK);
    after(Duration.ofDays(1_000));
    assertThat(tokens.get(BANK)).isSameAs(century);
    assertThat(tokens.refresh(BANK, Demand.BLOCKED).join().bearer()).isEqualTo("Bearer ever");
    assertThat(source.calls()).isEqualTo(2);
  }

  @Test
  void aListenerThatThrows_hurtsNobody() {
    try (Tokens other =
        builder()
            .listener(
                event -> {
                  throw new IllegalStateException("listener");
                })
            .listener(events)
            .build()) {
      assertThat(other.get(BANK)).isNotNull();
    }
    assertThat(events.events(TokenEvent.Type.REFRESHED)).hasSize(2);
  }

  @Test
  void aPolicyThatThrows_costsNoToken() {
    RefreshPolicy broken =
        lifetime -> {
          throw new ArithmeticException("policy");
        };
    try (Tokens other = builder().policy(broken).build()) {
      AccessToken token = other.get(BANK);
      assertThat(other.get(BANK)).isSameAs(token);
    }
  }

  @Test
  void aStoreThatIsDown_isSaidSo_andNothingIsCalled() {
    store.breakNext(StoreFault.UNAVAILABLE);
    TokenUnavailableException refused = refused(() -> tokens.get(BANK));
    assertThat(refused.reason()).isEqualTo(Reason.STORE_UNAVAILABLE);
    assertThat(refused.retryable()).isTrue();
    assertThat(source.calls()).isZero();
    after(Duration.ofSeconds(2));
    assertThat(tokens.get(BANK)).isNotNull();
  }

  @Test
  void aResultThatTheStoreDoesNotTake_isStoredLater() {
    store.breakCall(StoreCall.REPLACE, 1, StoreFault.UNAVAILABLE);
    var waiting = tokens.getAsync(BANK);
    assertThat(waiting).isNotDone();
    after(Duration.ofSeconds(1));
    assertThat(waiting.join().bearer()).isEqualTo("Bearer access-1");
    assertThat(source.calls()).isEqualTo(1);
  }

  @Test
  void aResultOfAReusableCredential_isGivenUpAfterThreeTries() {
    for (int i = 1; i <= 3; i++) {
      store.breakCall(StoreCall.REPLACE, i, StoreFault.UNAVAILABLE);
    }
    var waiting = tokens.getAsync(BANK);
    after(Duration.ofSeconds(1));
    assertThat(waiting).isCompletedExceptionally();
    after(Duration.ofSeconds(5));
    assertThat(tokens.get(BANK).bearer()).isEqualTo("Bearer access-2");
  }

  @Test
  void anUnknownPartition_isRefusedWithTheNextStep() {
    try (Tokens one =
        Tokens.builder()
            .source("bank", source)
            .engine(PullEngine.create())
            .store(store)
            .time(time)
            .build()) {
      assertThat(catchThrowable(() -> one.get(ChainKey.of("music"))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(".source(\"music\", source)");
    }
  }
}
