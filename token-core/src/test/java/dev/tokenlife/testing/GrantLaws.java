package dev.tokenlife.testing;

import static dev.tokenlife.testing.EngineStage.ANN;
import static dev.tokenlife.testing.EngineStage.DUE;
import static dev.tokenlife.testing.EngineStage.HOUR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.Tokens;
import dev.tokenlife.model.AccessToken;
import dev.tokenlife.model.AdminResult;
import dev.tokenlife.model.FailureKind;
import dev.tokenlife.model.Secret;
import dev.tokenlife.model.TokenUnavailableException.Reason;
import dev.tokenlife.model.Upstream;
import dev.tokenlife.spi.Demand;
import dev.tokenlife.spi.FetchedToken;
import dev.tokenlife.spi.TokenEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What is done to a grant from outside, while its refreshes go on. */
public interface GrantLaws extends EngineLaws {
  @Test
  default void aRejectedToken_isReplaced_butALateRejectionOfAnOlderOneDoesNothing() {
    ScriptedSource source = ScriptedSource.create();
    Tokens tokens = stage().node(source).tokens();
    AccessToken first = tokens.get(ANN);
    assertThat(tokens.invalidate(ANN, first)).isTrue();
    AccessToken second = tokens.get(ANN);
    assertThat(second.generation()).isEqualTo(2);
    assertThat(tokens.invalidate(ANN, first)).isFalse();
    assertThat(tokens.get(ANN)).isSameAs(second);
    assertThat(source.calls()).isEqualTo(2);
  }

  @Test
  default void aSignIn_replacesTheGrant_andALateResultOfTheOldOneDoesNotOverwriteIt() {
    ScriptedSource source = ScriptedSource.create();
    Node node = stage().node(source);
    node.tokens().get(ANN);
    source.then(
        request -> {
          EngineStage.signIn(node.tokens(), ANN);
          return FetchedToken.of("of the old grant", HOUR);
        });
    stage().live(node, ANN, DUE);
    assertThat(source.calls()).isEqualTo(2);
    assertThat(node.tokens().get(ANN).bearer()).isEqualTo("Bearer granted");
    assertThat(stage().row(ANN).generation()).isEqualTo(2);
  }

  @Test
  default void theSameSignInAgain_changesNothing() {
    Tokens tokens = stage().node(ScriptedSource.create()).tokens();
    FetchedToken grant = FetchedToken.of("granted", HOUR).withRefreshToken(Secret.of("r"));
    assertThat(tokens.adopt(ANN, "grant-1", grant)).isTrue();
    AccessToken token = tokens.get(ANN);
    assertThat(tokens.adopt(ANN, "grant-1", grant)).isFalse();
    assertThat(tokens.get(ANN)).isSameAs(token);
  }

  @Test
  default void aSignIn_endsAPermanentFailure_andTheRefreshesGoOn() {
    ScriptedSource source = ScriptedSource.create();
    Node node = stage().node(source);
    source.fail(FailureKind.PERMANENT);
    assertThat(refused(() -> node.tokens().get(ANN)).kind()).contains(FailureKind.PERMANENT);
    EngineStage.signIn(node.tokens(), ANN);
    assertThat(node.tokens().get(ANN).bearer()).isEqualTo("Bearer granted");
    assertThat(node.tokens().deadLetters("music")).isEmpty();
    stage().live(node, ANN, HOUR);
    assertThat(node.tokens().get(ANN).bearer()).isEqualTo("Bearer access-1");
  }

  @Test
  default void aSuspendedChain_servesAndCallsNothing_andGoesOnWhenResumed() {
    ScriptedSource source = ScriptedSource.create();
    Node node = stage().node(source);
    node.tokens().get(ANN);
    assertThat(node.tokens().suspend(ANN)).isEqualTo(new AdminResult.Done(false));
    stage().live(node, ANN, Duration.ofHours(2));
    assertThat(source.calls()).isEqualTo(1);
    assertThat(refused(() -> node.tokens().get(ANN)).reason()).isEqualTo(Reason.SUSPENDED);
    assertThat(node.tokens().resume(ANN)).isEqualTo(new AdminResult.Done(false));
    assertThat(node.tokens().get(ANN).generation()).isEqualTo(2);
    stage().live(node, ANN, HOUR);
    assertThat(stage().row(ANN).generation()).isEqualTo(3);
  }

  @Test
  default void aChainThatIsOver_yieldsNothing_untilSomebodySignsIn() {
    ScriptedSource source = ScriptedSource.create();
    Node node = stage().node(source);
    node.tokens().get(ANN);
    assertThat(node.tokens().revoke(ANN, "stolen")).isEqualTo(new AdminResult.Done(false));
    stage().live(node, ANN, Duration.ofHours(2));
    assertThat(refused(() -> node.tokens().get(ANN)).reason()).isEqualTo(Reason.CHAIN_OVER);
    assertThat(source.calls()).isEqualTo(1);
    EngineStage.signIn(node.tokens(), ANN);
    assertThat(node.tokens().get(ANN).bearer()).isEqualTo("Bearer granted");
    stage().live(node, ANN, HOUR);
    assertThat(source.calls()).isEqualTo(2);
  }

  @Test
  default void aResultForAChainThatEndedMeanwhile_isDiscarded_andItsRefreshTokenRevoked() {
    ScriptedSource source = ScriptedSource.singleUse("idp", Duration.ZERO, stage().time());
    Node node = stage().node(source);
    EngineStage.signIn(node.tokens(), ANN);
    source.then(
        request -> {
          node.tokens().close(ANN, "left");
          return FetchedToken.of("too late", HOUR).withRefreshToken(Secret.of("too late"));
        });
    stage().live(node, ANN, DUE);
    assertThat(refused(() -> node.tokens().get(ANN)).reason()).isEqualTo(Reason.CHAIN_OVER);
    assertThat(source.revoked()).containsExactly(Secret.of("too late"));
    assertThat(stage().row(ANN).claim()).isNull();
    Upstream upstream = Objects.requireNonNull(stage().row(ANN).upstream());
    assertThat(upstream).as("the grant's name alone").isEqualTo(upstream.ended());
  }

  @Test
  default void aSingleUseRefreshToken_isSentOnce_refreshAfterRefresh() {
    ScriptedSource source = ScriptedSource.singleUse("idp", Duration.ZERO, stage().time());
    Node node = stage().node(source);
    EngineStage.signIn(node.tokens(), ANN);
    for (int i = 0; i < 5; i++) {
      source.fail(FailureKind.TRANSIENT);
      stage().live(node, ANN, HOUR);
    }
    assertThat(source.secondUses()).isEmpty();
    assertThat(stage().row(ANN).generation()).isGreaterThanOrEqualTo(5);
    assertThat(node.events().events(TokenEvent.Type.RESENT)).isEmpty();
    assertThat(stage().row(ANN).claim()).isNull();
  }

  @Test
  default void twoInstancesOnOneStore_callAnExclusiveSourceOncePerClaim() {
    ScriptedSource source = ScriptedSource.singleUse("idp", Duration.ZERO, stage().time());
    Node one = stage().node(source);
    Node two = stage().node(source);
    EngineStage.signIn(one.tokens(), ANN);
    two.tokens().get(ANN);
    List<CompletableFuture<AccessToken>> other = new ArrayList<>();
    source.then(
        request -> {
          assertThat(stage().row(ANN).claim()).as("announced before it is sent").isNotNull();
          other.add(two.tokens().refresh(ANN, Demand.BLOCKED));
          stage().pass(Duration.ofSeconds(2));
          assertThat(other.get(0)).isNotDone();
          return FetchedToken.of("for both", HOUR);
        });
    AccessToken won = answered(one.tokens().refresh(ANN, Demand.BLOCKED));
    stage().pass(Duration.ofSeconds(1));
    assertThat(answered(other.get(0)).bearer()).isEqualTo(won.bearer());
    assertThat(source.calls()).isEqualTo(1);
    assertThat(source.secondUses()).isEmpty();
  }
}
