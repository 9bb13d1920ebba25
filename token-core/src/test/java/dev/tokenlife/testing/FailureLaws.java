package dev.tokenlife.testing;

import static dev.tokenlife.testing.EngineStage.ANN;
import static dev.tokenlife.testing.EngineStage.BOB;
import static dev.tokenlife.testing.EngineStage.DUE;
import static dev.tokenlife.testing.EngineStage.HOUR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.Tokens;
import dev.tokenlife.model.AccessToken;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.Failure;
import dev.tokenlife.model.FailureKind;
import dev.tokenlife.model.TokenUnavailableException;
import dev.tokenlife.model.TokenUnavailableException.Reason;
import dev.tokenlife.spi.FetchedToken;
import dev.tokenlife.spi.SourceException;
import dev.tokenlife.spi.TokenEvent;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a failing source costs, and that no failure ends the chain of refreshes. */
public interface FailureLaws extends EngineLaws {
  @Test
  default void noFailure_endsTheChainOfRefreshes() {
    ScriptedSource source = ScriptedSource.create();
    Node node = stage().node(source);
    node.tokens().get(ANN);
    source
        .fail(FailureKind.TRANSIENT)
        .fail(new IllegalStateException("thrown"))
        .fail(new StackOverflowError())
        .then(request -> nothing())
        .fail(new Exception("thrown"));
    stage().live(node, ANN, HOUR.plusMinutes(10));
    assertThat(source.stepsLeft()).isZero();
    assertThat(stage().row(ANN).generation()).isEqualTo(2);
    stage().live(node, ANN, HOUR);
    assertThat(stage().row(ANN).generation()).isBetween(3L, 4L);
  }

  @Test
  default void aFailure_leavesTheOldTokenServed_toItsHardStop() {
    ScriptedSource source = ScriptedSource.create();
    Node node = stage().node(source);
    AccessToken old = node.tokens().get(ANN);
    source.otherwise(
        request -> {
          throw new SourceException(FailureKind.TRANSIENT, "down for long");
        });
    stage().live(node, ANN, Duration.ofMinutes(58));
    assertThat(node.tokens().get(ANN)).isSameAs(old);
    stage().live(node, ANN, Duration.ofMinutes(2));
    assertThat(refusal(node.tokens().getAsync(ANN)).kind()).contains(FailureKind.TRANSIENT);
  }

  @Test
  default void aSourceThatIsDownForLong_isLeftInPeace_andRecovers() {
    ScriptedSource source = ScriptedSource.create();
    Node node = stage().node(source);
    node.tokens().get(ANN);
    source.otherwise(
        request -> {
          throw new SourceException(FailureKind.TRANSIENT, "down for long");
        });
    stage().live(node, ANN, Duration.ofHours(6));
    assertThat(source.calls()).as("calls in the outage").isBetween(20, 361);
    source.otherwise(request -> FetchedToken.of("back", HOUR));
    stage().live(node, ANN, Duration.ofMinutes(10));
    assertServed(node, ANN);
  }

  @Test
  default void aThrottledUpstream_isLeftAloneAsLongAsItAsked_byAllItsChains() {
    ScriptedSource source = ScriptedSource.create();
    Tokens tokens = stage().node(source).tokens();
    source.throttle(Duration.ofMinutes(3));
    TokenUnavailableException refused = refused(() -> tokens.get(ANN));
    assertThat(refused.kind()).contains(FailureKind.THROTTLED);
    assertThat(refused.retryAfter()).contains(Duration.ofMinutes(3));
    TokenUnavailableException other = refusal(tokens.getAsync(BOB));
    assertThat(other.reason()).isEqualTo(Reason.GUARD_CLOSED);
    assertThat(other.retryAfter()).isPresent();
    stage().pass(Duration.ofMinutes(3).minusMillis(1));
    assertThat(source.calls()).isEqualTo(1);
    stage().pass(Duration.ofSeconds(15));
    assertThat(tokens.get(ANN)).isNotNull();
    assertThat(tokens.get(BOB)).isNotNull();
  }

  @Test
  default void aConfigurationFailure_stopsTheUpstream_notTheChain() {
    ScriptedSource source = ScriptedSource.create();
    Node node = stage().node(source);
    source.fail(FailureKind.CONFIG);
    assertThat(refused(() -> node.tokens().get(ANN)).kind()).contains(FailureKind.CONFIG);
    assertThat(refusal(node.tokens().getAsync(BOB)).reason()).isEqualTo(Reason.GUARD_CLOSED);
    assertThat(source.calls()).isEqualTo(1);
    assertThat(stage().row(ANN).failure()).as("nothing is held against the grant").isNull();
    stage().live(node, ANN, Duration.ofMinutes(5));
    assertThat(node.tokens().get(ANN)).isNotNull();
  }

  @Test
  default void aPermanentFailure_isToldOnce_dropsTheToken_andRefusesAtOnce() {
    ScriptedSource source = ScriptedSource.create();
    Node node = stage().node(source);
    node.tokens().get(ANN);
    source.otherwise(
        request -> {
          throw new SourceException(FailureKind.PERMANENT, "revoked by the user");
        });
    stage().live(node, ANN, HOUR);
    TokenUnavailableException refused = refusal(node.tokens().getAsync(ANN));
    assertThat(refused.kind()).contains(FailureKind.PERMANENT);
    assertThat(refused.retryable()).isFalse();
    assertThat(node.events().events(TokenEvent.Type.SIGN_IN_REQUIRED)).hasSize(1);
    assertThat(node.tokens().deadLetters("music")).hasSize(1);
    int calls = source.calls();
    stage().pass(Duration.ofMinutes(30));
    assertThat(source.calls() - calls).as("a slow probe").isLessThanOrEqualTo(1);
    source.otherwise(request -> FetchedToken.of("forgiven", HOUR));
    stage().live(node, ANN, Duration.ofHours(2));
    assertThat(node.tokens().get(ANN).bearer()).isEqualTo("Bearer forgiven");
    assertThat(node.tokens().deadLetters("music")).isEmpty();
  }

  @Test
  default void aPermanentFailure_actsOnItsGenerationOnly() {
    ScriptedSource source = ScriptedSource.create();
    Node node = stage().node(source);
    node.tokens().get(ANN);
    source.then(
        request -> {
          EngineStage.signIn(node.tokens(), ANN);
          throw new SourceException(FailureKind.PERMANENT, "of the old grant");
        });
    stage().live(node, ANN, DUE);
    Failure failure = stage().row(ANN).failure();
    assertThat(failure).as("what the new grant's row keeps").isNull();
    assertThat(node.tokens().get(ANN).bearer()).isEqualTo("Bearer granted");
    assertThat(node.events().events(TokenEvent.Type.SIGN_IN_REQUIRED)).isEmpty();
  }

  @Test
  default void anErrorOrNothingAtAll_isAFailureLikeOthers_withoutItsText() {
    ScriptedSource source = ScriptedSource.create();
    Tokens tokens = stage().node(source).tokens();
    source.fail(new Exception("secret-1")).fail(new AssertionError("secret-2"));
    source.then(request -> nothing());
    for (int i = 0; i < 3; i++) {
      ChainKey user = ChainKey.of("music", "user-" + i);
      TokenUnavailableException refused = refused(() -> tokens.get(user));
      assertThat(refused.kind()).contains(FailureKind.TRANSIENT);
      assertThat(refused.getMessage()).doesNotContain("secret");
    }
    assertThat(tokens.get(ANN)).isNotNull();
  }

  @Test
  default void aListenerThatThrows_hurtsNobody() {
    ScriptedSource source = ScriptedSource.create();
    Node node =
        stage()
            .node(
                source,
                builder ->
                    builder.listener(
                        event -> {
                          throw new IllegalStateException("listener");
                        }));
    node.tokens().get(ANN);
    source.fail(FailureKind.TRANSIENT);
    stage().live(node, ANN, HOUR.multipliedBy(3));
    assertThat(node.tokens().get(ANN).generation()).isGreaterThanOrEqualTo(4);
    assertThat(node.events().events(TokenEvent.Type.REFRESH_FAILED)).hasSize(1);
  }

  /** What a source of somebody else may return all the same. */
  @SuppressWarnings("NullAway")
  private static FetchedToken nothing() {
    return null;
  }
}
