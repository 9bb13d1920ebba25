package dev.tokenlife;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tokenlife.model.AccessToken;
import dev.tokenlife.model.AdminResult;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.DeadLetter;
import dev.tokenlife.model.FailureKind;
import dev.tokenlife.model.KeyStatus.Freshness;
import dev.tokenlife.model.Secret;
import dev.tokenlife.model.TokenUnavailableException;
import dev.tokenlife.model.TokenUnavailableException.Reason;
import dev.tokenlife.spi.ClassicalPolicy;
import dev.tokenlife.spi.Demand;
import dev.tokenlife.spi.FetchedToken;
import dev.tokenlife.spi.RefreshPolicy;
import dev.tokenlife.spi.TokenEvent;
import dev.tokenlife.testing.FaultyStore;
import dev.tokenlife.testing.RecordingListener;
import dev.tokenlife.testing.ReferenceStore;
import dev.tokenlife.testing.ScriptedSource;
import dev.tokenlife.testing.StoreFault;
import dev.tokenlife.time.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The life of grants, in virtual time and on one thread. */
class TokensLifeTest {
  private static final ChainKey ADA = ChainKey.of("music", "ada");
  private static final Duration HOUR = Duration.ofHours(1);

  private final VirtualTime time = new VirtualTime();
  private final ReferenceStore rows = ReferenceStore.local();
  private final FaultyStore store = FaultyStore.around(rows);
  private final RecordingListener events = new RecordingListener();
  private ScriptedSource source = ScriptedSource.create();
  private Tokens tokens = build();

  private Tokens build() {
    return Tokens.builder()
        .source(source)
        .engine(PullEngine.create())
        .store(store)
        .listener(events)
        .time(time)
        .executor(Runnable::run)
        .build();
  }

  private void singleUse(Duration grace) {
    source = ScriptedSource.singleUse("idp", grace, time);
    tokens.close();
    tokens = build();
  }

  @AfterEach
  void close() {
    tokens.close(Duration.ofSeconds(1));
  }

  private static FetchedToken grant(String access, String refresh) {
    return FetchedToken.of(access, HOUR).withRefreshToken(Secret.of(refresh));
  }

  @Test
  void rotatedRefreshToken_isUsedOnceEach() {
    singleUse(Duration.ZERO);
    tokens.adopt(ADA, "g1", grant("access-0", "refresh-0"));
    for (int i = 0; i < 5; i++) {
      time.advance(HOUR);
      assertThat(tokens.get(ADA).generation()).isEqualTo(i + 2);
    }
    assertThat(source.secondUses()).isEmpty();
    assertThat(rows.rows().toString()).doesNotContain("access-", "refresh-");
  }

  @Test
  void lostAnswerWithinTheGrace_isSentAgainAtOnce_forTheSameCaller() {
    singleUse(Duration.ofSeconds(60));
    tokens.adopt(ADA, "g1", grant("a1", "r1"));
    time.advance(HOUR);
    source.fail(FailureKind.AMBIGUOUS);
    assertThat(tokens.get(ADA).generation()).isEqualTo(2);
    assertThat(events.events(TokenEvent.Type.RESENT)).hasSize(1);
  }

  @Test
  void lostAnswerWithoutAGrace_isADeadLetter_andSentAgainOnlyAfterTheHardStop() {
    singleUse(Duration.ZERO);
    tokens.adopt(ADA, "g1", grant("a1", "r1"));
    time.advance(HOUR);
    source.fail(FailureKind.AMBIGUOUS);
    assertThatThrownBy(() -> tokens.get(ADA))
        .isInstanceOfSatisfying(
            TokenUnavailableException.class,
            error -> assertThat(error.kind()).contains(FailureKind.AMBIGUOUS));
    List<DeadLetter> letters = tokens.deadLetters("music");
    assertThat(letters).hasSize(1);
    time.advance(Duration.ofMinutes(10));
    assertThatThrownBy(() -> tokens.get(ADA)).hasMessageContaining("PERMANENT");
    assertThat(source.calls()).isEqualTo(2);
    tokens.adopt(ADA, "g2", grant("a2", "r2"));
    assertThat(tokens.get(ADA).bearer()).isEqualTo("Bearer a2");
    assertThat(tokens.deadLetters("music")).isEmpty();
  }

  @Test
  void permanentFailure_isToldOnce_andCanBeRetriedByHand() {
    source.fail(FailureKind.PERMANENT);
    assertThatThrownBy(() -> tokens.get(ADA)).isInstanceOf(TokenUnavailableException.class);
    assertThat(events.events(TokenEvent.Type.SIGN_IN_REQUIRED)).hasSize(1);
    DeadLetter letter = tokens.deadLetters("music").get(0);
    assertThat(letter.failure().kind()).isEqualTo(FailureKind.PERMANENT);
    source.answer("back", HOUR);
    assertThat(tokens.retry(letter).join().bearer()).isEqualTo("Bearer back");
    assertThat(tokens.deadLetters("music")).isEmpty();
  }

  @Test
  void throttledUpstream_isLeftAloneAsLongAsItAsked() {
    source.throttle(Duration.ofSeconds(90));
    assertThatThrownBy(() -> tokens.get(ADA))
        .isInstanceOfSatisfying(
            TokenUnavailableException.class, error -> assertThat(error.retryAfter()).isPresent());
    source.answer("later", HOUR);
    ChainKey other = ChainKey.of("music", "bob");
    assertThatThrownBy(() -> tokens.get(other))
        .isInstanceOfSatisfying(
            TokenUnavailableException.class,
            error -> assertThat(error.reason()).isEqualTo(Reason.GUARD_CLOSED));
    assertThat(source.calls()).isEqualTo(1);
    time.advance(Duration.ofSeconds(91));
    assertThat(tokens.get(other).bearer()).isEqualTo("Bearer later");
  }

  @Test
  void configurationFailure_stopsTheUpstream() {
    source.fail(FailureKind.CONFIG);
    assertThatThrownBy(() -> tokens.get(ADA)).hasMessageContaining("CONFIG");
    assertThatThrownBy(() -> tokens.get(ChainKey.of("music", "bob")))
        .hasMessageContaining("GUARD_CLOSED");
    assertThat(source.calls()).isEqualTo(1);
    assertThat(tokens.status(ADA).upstream()).contains("stopped");
  }

  @Test
  void storeDownBeforeTheCall_spendsNothing() {
    store.breakNext(StoreFault.UNAVAILABLE);
    assertThatThrownBy(() -> tokens.get(ADA)).hasMessageContaining("STORE_UNAVAILABLE");
    assertThat(source.calls()).isZero();
  }

  @Test
  void suspendedChain_servesNothing_andRefreshesWhenItGoesOn() {
    source.answer("one", HOUR).answer("two", HOUR);
    tokens.get(ADA);
    assertThat(tokens.suspend(ADA)).isEqualTo(new AdminResult.Done(false));
    assertThatThrownBy(() -> tokens.get(ADA)).hasMessageContaining("SUSPENDED");
    assertThat(tokens.status(ADA).freshness()).isEqualTo(Freshness.STOPPED);
    assertThat(tokens.resume(ADA)).isEqualTo(new AdminResult.Done(false));
    assertThat(tokens.get(ADA).bearer()).isEqualTo("Bearer two");
    assertThat(tokens.revoke(ADA, "stolen")).isEqualTo(new AdminResult.Done(false));
    assertThatThrownBy(() -> tokens.get(ADA)).hasMessageContaining("CHAIN_OVER");
  }

  @Test
  void minimumLife_isRefreshedFor_andRefusedIfEvenANewTokenIsShorter() {
    source.answer("one", HOUR).answer("two", HOUR).answer("three", HOUR);
    AccessToken one = tokens.get(ADA);
    time.advance(Duration.ofMinutes(20));
    assertThat(tokens.get(ADA, Duration.ofMinutes(30))).isSameAs(one);
    assertThat(tokens.get(ADA, Duration.ofMinutes(50)).bearer()).isEqualTo("Bearer two");
    assertThatThrownBy(() -> tokens.get(ADA, Duration.ofHours(2)))
        .hasMessageContaining("TOO_SHORT");
  }

  @Test
  void asyncAndIfFresh_neverBlock() {
    assertThat(tokens.getIfFresh(ADA)).isEmpty();
    source.answer("one", HOUR);
    CompletableFuture<AccessToken> first = tokens.getAsync(ADA);
    assertThat(first).isCompleted();
    assertThat(tokens.getIfFresh(ADA)).contains(first.join());
    assertThat(tokens.getAsync(ADA)).isCompletedWithValue(first.join());
  }

  @Test
  void refreshOnRequest_replacesAGoodToken() {
    source.answer("one", HOUR).answer("two", HOUR);
    tokens.get(ADA);
    assertThat(tokens.refresh(ADA, Demand.BACKGROUND).join().bearer()).isEqualTo("Bearer two");
  }

  @Test
  void warmUp_triesEveryChain_andCountsThoseThatFailed() {
    source.answer("one", HOUR).fail(FailureKind.PERMANENT).answer("three", HOUR);
    var warming =
        tokens.warmUp(List.of(ADA, ChainKey.of("music", "bob"), ChainKey.of("music", "cy")));
    assertThat(warming.ended()).isCompleted();
    assertThat(warming.progress().done()).isEqualTo(3);
    assertThat(warming.progress().failed()).isEqualTo(1);
    assertThat(warming.progress().remaining()).isZero();
  }

  @Test
  void statusTellsWhatAPersonAsks() {
    assertThat(tokens.status(ADA).freshness()).isEqualTo(Freshness.UNKNOWN);
    source.answer("one", HOUR);
    tokens.watch(ADA);
    tokens.get(ADA);
    assertThat(tokens.status(ADA).freshness()).isEqualTo(Freshness.FRESH);
    assertThat(tokens.status(ADA).expiresAt()).contains(time.instant().plus(HOUR));
    time.advance(Duration.ofMinutes(57));
    assertThat(tokens.status(ADA).freshness()).isEqualTo(Freshness.DUE);
    time.advance(Duration.ofMinutes(3));
    assertThat(tokens.status(ADA).freshness()).isEqualTo(Freshness.EXPIRED);
    assertThat(tokens.status()).containsEntry("engine", "pull").containsEntry("chains", 1);
    tokens.unwatch(ADA);
    assertThat(tokens.status()).containsEntry("chains", 0);
  }

  @Test
  void policy_canBeChangedWhileRunning() {
    source.answer("one", HOUR).answer("two", HOUR);
    tokens.get(ADA);
    time.advance(Duration.ofMinutes(10));
    tokens.config().policy(RefreshPolicy.window(Duration.ofMinutes(55), Duration.ofMinutes(51)));
    assertThat(tokens.status(ADA).freshness()).isEqualTo(Freshness.FRESH);
    tokens.config().policy(RefreshPolicy.classical(Duration.ofMinutes(52), Duration.ofMinutes(1)));
    assertThat(tokens.config().policy())
        .isEqualTo(new ClassicalPolicy(Duration.ofMinutes(52), Duration.ofMinutes(1)));
    assertThat(tokens.status(ADA).freshness()).isEqualTo(Freshness.DUE);
  }

  @Test
  void builderSaysWhatIsMissing() {
    assertThatThrownBy(() -> Tokens.builder().build())
        .hasMessageContaining("MemoryTokenStore.create()");
    assertThatThrownBy(() -> Tokens.builder().store(rows).build())
        .hasMessageContaining(".engine(PullEngine.create())");
    assertThatThrownBy(() -> Tokens.builder().store(rows).engine(PullEngine.create()).build())
        .hasMessageContaining(".source(");
    assertThatThrownBy(
            () ->
                Tokens.builder()
                    .store(ReferenceStore.shared())
                    .engine(PullEngine.create())
                    .source(source)
                    .build())
        .hasMessageContaining("openssl rand");
  }

  @Test
  void onePassAgainstABrokenListing_saysSoInItsReport() {
    store.breakNext(StoreFault.UNAVAILABLE);
    String json = tokens.refreshDue(Duration.ofMinutes(5), Duration.ofSeconds(5)).toJson();
    assertThat(json)
        .contains("\"statusCode\":500", "\"error\":", "\"message\":", "\"statistics\":");
  }
}
