package dev.tokenlife.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.FailureKind;
import dev.tokenlife.model.Secret;
import dev.tokenlife.spi.FetchRequest;
import dev.tokenlife.spi.FetchedToken;
import dev.tokenlife.spi.SourceException;
import dev.tokenlife.time.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ScriptedSourceTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void itFollowsItsScript_andThenAnswersByItself() throws Exception {
    ScriptedSource source =
        ScriptedSource.create("bank")
            .answer("first", MINUTE)
            .fail(FailureKind.TRANSIENT)
            .throttle(MINUTE)
            .fail(new IOException("cut"))
            .fail(new StackOverflowError());
    assertThat(source.stepsLeft()).isEqualTo(5);
    assertThat(source.fetch(request("r")).accessToken().reveal()).isEqualTo("first");
    assertFails(source, FailureKind.TRANSIENT);
    assertThatThrownBy(() -> source.fetch(request("r")))
        .isInstanceOfSatisfying(
            SourceException.class, told -> assertThat(told.retryAfter()).contains(MINUTE));
    assertThatThrownBy(() -> source.fetch(request("r"))).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> source.fetch(request("r"))).isInstanceOf(StackOverflowError.class);
    assertThat(source.fetch(request("r")).accessToken().reveal()).isEqualTo("access-1");
    source.otherwise(any -> FetchedToken.of("other", MINUTE));
    assertThat(source.fetch(request("r")).accessToken().reveal()).isEqualTo("other");
    assertThat(source.calls()).isEqualTo(7);
    assertThat(source.requests()).contains(request("r"));
    assertThat(source.upstream()).isEqualTo("bank");
    assertThat(source.exclusive()).isFalse();
    assertThat(source.secondUses()).isEmpty();
    assertThat(source.resends()).isEmpty();
    assertThat(source.resendGrace()).isZero();
  }

  @Test
  void aRotatingRefreshToken_isGoodForOneUse() throws Exception {
    ScriptedSource source = ScriptedSource.singleUse();
    Secret next = refreshToken(source.fetch(request("r0")));
    assertThat(source.exclusive()).isTrue();
    assertThat(refreshToken(source.fetch(request(next.reveal())))).isNotEqualTo(next);
    assertFails(source, FailureKind.PERMANENT, "r0");
    assertThat(source.secondUses()).containsExactly(Secret.of("r0"));
    assertThat(source.resends()).isEmpty();
  }

  @Test
  void aCallThatNeverArrived_spendsNothing_anAmbiguousOneDoes() throws Exception {
    ScriptedSource source =
        ScriptedSource.singleUse().fail(FailureKind.TRANSIENT).fail(FailureKind.AMBIGUOUS);
    assertFails(source, FailureKind.TRANSIENT, "r0");
    assertFails(source, FailureKind.AMBIGUOUS, "r0");
    assertFails(source, FailureKind.PERMANENT, "r0");
    assertThat(source.secondUses()).hasSize(1);
  }

  @Test
  void insideTheGrace_theSameTokenIsTakenAgain() throws Exception {
    VirtualTime time = new VirtualTime();
    ScriptedSource source = ScriptedSource.singleUse("google", Duration.ofSeconds(30), time);
    source.fail(FailureKind.AMBIGUOUS);
    assertFails(source, FailureKind.AMBIGUOUS, "r0");
    time.advance(Duration.ofSeconds(29));
    assertThat(refreshToken(source.fetch(request("r0")))).isNotNull();
    time.advance(Duration.ofSeconds(1));
    assertFails(source, FailureKind.PERMANENT, "r0");
    assertThat(source.resends()).hasSize(1);
    assertThat(source.secondUses()).hasSize(1);
    assertThat(source.resendGrace()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void aGate_holdsItsCall_untilItIsOpened() throws Exception {
    ScriptedSource source = ScriptedSource.create();
    SourceGate usual = source.block();
    SourceGate chosen = source.block();
    SourceGate failing = source.block();
    assertThat(usual.hasArrived()).isFalse();
    var first = fetching(source);
    usual.awaitArrival();
    var second = fetching(source);
    chosen.awaitArrival();
    assertThat(source.inFlight()).isEqualTo(2);
    usual.open();
    chosen.open(FetchedToken.of("chosen", MINUTE));
    assertThat(first.get(30, TimeUnit.SECONDS)).isEqualTo("access-1");
    assertThat(second.get(30, TimeUnit.SECONDS)).isEqualTo("chosen");
    failing.fail(FailureKind.CONFIG);
    assertFails(source, FailureKind.CONFIG);
    assertThat(source.mostInFlight()).isEqualTo(2);
    assertThat(source.inFlight()).isZero();
  }

  @Test
  void aGate_listensToInterrupts_unlessItIsDeaf() throws Exception {
    ScriptedSource source = ScriptedSource.create();
    SourceGate gate = source.block();
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> source.fetch(request("r"))).isInstanceOf(InterruptedException.class);
    gate.awaitLeft();
    assertThat(gate.wasInterrupted()).isTrue();
    SourceGate deaf = source.blockDeaf();
    deaf.open(FetchedToken.of("late", MINUTE));
    Thread.currentThread().interrupt();
    assertThat(source.fetch(request("r")).accessToken().reveal()).isEqualTo("late");
    assertThat(deaf.wasInterrupted() || Thread.interrupted()).isTrue();
  }

  @Test
  void takenBackTokens_areRemembered() {
    ScriptedSource source = ScriptedSource.singleUse();
    source.revoke(Secret.of("r9"));
    assertThat(source.revoked()).containsExactly(Secret.of("r9"));
  }

  private static CompletableFuture<String> fetching(ScriptedSource source) {
    CompletableFuture<String> result = new CompletableFuture<>();
    Thread caller =
        new Thread(
            () -> {
              try {
                result.complete(source.fetch(request("r")).accessToken().reveal());
              } catch (Exception failure) {
                result.completeExceptionally(new ExecutionException(failure));
              }
            });
    caller.setDaemon(true);
    caller.start();
    return result;
  }

  private static Secret refreshToken(FetchedToken token) {
    return Optional.ofNullable(token.refreshToken()).orElseThrow();
  }

  private static void assertFails(ScriptedSource source, FailureKind kind) {
    assertFails(source, kind, "r");
  }

  private static void assertFails(ScriptedSource source, FailureKind kind, String refreshToken) {
    assertThatThrownBy(() -> source.fetch(request(refreshToken)))
        .isInstanceOfSatisfying(
            SourceException.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
  }

  private static FetchRequest request(String refreshToken) {
    return new FetchRequest(
        ChainKey.of("bank"), 1, Optional.of(Secret.of(refreshToken)), "", MINUTE);
  }
}
