package dev.tokenlife;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tokenlife.model.AccessToken;
import dev.tokenlife.model.AdminResult;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainState;
import dev.tokenlife.model.Refusal;
import dev.tokenlife.model.Secret;
import dev.tokenlife.model.TokenUnavailableException;
import dev.tokenlife.model.TokenUnavailableException.Reason;
import dev.tokenlife.spi.FetchedToken;
import dev.tokenlife.spi.TokenEvent;
import dev.tokenlife.testing.Rows;
import dev.tokenlife.testing.StoreCall;
import dev.tokenlife.testing.StoreFault;
import dev.tokenlife.testing.WatchedStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What is done to a fetched chain from outside: sign-ins, rejections, stops and ends. */
class GrantsTest extends Fixture {
  private static final FetchedToken NEW = FetchedToken.of("new", HOUR);

  @Test
  void signingIn_opensAChain_andWatchesIt() {
    signIn(BANK);
    assertThat(tokens.get(BANK).bearer()).isEqualTo("Bearer granted");
    assertThat(source.calls()).isZero();
    assertThat(events.types()).containsExactly(TokenEvent.Type.ADOPTED);
  }

  @Test
  void theSameGrantAgain_changesNothing_andIsNotTold() {
    signIn(BANK);
    long revision = row(BANK).control().revision();
    signIn(BANK);
    assertThat(row(BANK).control().revision()).isEqualTo(revision);
    assertThat(events.types()).containsExactly(TokenEvent.Type.ADOPTED);
  }

  @Test
  void signingIn_opensAChainAgain_whateverItsState() {
    int grant = 0;
    for (ChainState state : ChainState.values()) {
      signIn(BANK);
      switch (state) {
        case ACTIVE -> tokens.get(BANK);
        case SUSPENDED -> tokens.suspend(BANK);
        case CLOSED -> tokens.close(BANK, "left");
        case REVOKED -> tokens.revoke(BANK, "stolen");
      }
      assertThat(row(BANK).state()).isEqualTo(state);
      assertThat(tokens.adopt(BANK, "next-" + grant++, NEW)).as("%s", state).isTrue();
      assertThat(tokens.get(BANK).bearer()).isEqualTo("Bearer new");
      assertThat(row(BANK).state()).isEqualTo(ChainState.ACTIVE);
    }
  }

  @Test
  void aSignInRepeatedLate_doesNotReopenWhatWasClosed_butANewOneDoes() {
    for (boolean revoked : List.of(false, true)) {
      String grant = "grant-" + revoked;
      tokens.adopt(BANK, grant, NEW);
      if (revoked) {
        tokens.revoke(BANK, "stolen");
      } else {
        tokens.close(BANK, "left");
      }
      assertThat(tokens.adopt(BANK, grant, NEW)).isFalse();
      assertThat(row(BANK).state().isFinal()).isTrue();
      assertThat(row(BANK).toString()).doesNotContain("s1.");
      assertThatThrownBy(() -> tokens.get(BANK)).isInstanceOf(TokenUnavailableException.class);
    }
    assertThat(tokens.adopt(BANK, "another", NEW)).isTrue();
    assertThat(tokens.get(BANK).bearer()).isEqualTo("Bearer new");
  }

  @Test
  void noSecretOfASignIn_isInItsRow() {
    tokens.adopt(
        BANK,
        "grant",
        FetchedToken.of("canary-access", HOUR)
            .withRefreshToken(Secret.of("canary-refresh"))
            .withAttributes(Map.of("id", "canary-attribute")));
    assertThat(tokens.get(BANK).bearer()).isEqualTo("Bearer canary-access");
    assertThat(row(BANK).toString()).contains("s1.").doesNotContain("canary");
  }

  @Test
  void aGrantWithoutAnId_isRefused_sinceNobodyCouldTellItsRepetition() {
    assertThatThrownBy(() -> tokens.adopt(BANK, "", NEW))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs an id");
  }

  @Test
  void aGrantThatBringsOnlyARefreshToken_isRefreshedByTheFirstRead() {
    FetchedToken grant =
        FetchedToken.of("expired", Duration.ZERO).withRefreshToken(Secret.of("r1"));
    tokens.adopt(BANK, "grant", grant);
    assertThat(tokens.get(BANK).bearer()).isEqualTo("Bearer access-1");
    assertThat(source.requests().get(0).refreshToken()).contains(Secret.of("r1"));
  }

  @Test
  void whatASourceLeavesOut_staysAsItWas() {
    FetchedToken grant =
        NEW.withRefreshToken(Secret.of("r1"))
            .withScopes("read write")
            .withAttributes(Map.of("tenant", "t-1"));
    tokens.adopt(BANK, "grant", grant);
    String attributes = upstream(row(BANK)).attributes();
    after(Duration.ofMinutes(59));
    AccessToken next = tokens.get(BANK);
    assertThat(next.scopes()).isEqualTo("read write");
    assertThat(upstream(row(BANK)).attributes()).isEqualTo(attributes);
    after(Duration.ofMinutes(59));
    tokens.get(BANK);
    assertThat(source.requests().get(1).refreshToken()).contains(Secret.of("r1"));
  }

  @Test
  void aStoreThatDoesNotConfirmASignIn_isRecognised_orSaidSo() {
    store.breakCall(StoreCall.INSERT, 1, StoreFault.ANSWER_LOST);
    signIn(BANK);
    assertThat(tokens.get(BANK).bearer()).isEqualTo("Bearer granted");
  }

  @Test
  void aRejectedToken_isDropped_andReplacedByTheNextRead() {
    AccessToken first = tokens.get(BANK);
    assertThat(tokens.invalidate(BANK, first)).isTrue();
    assertThat(tokens.invalidate(BANK, first)).isFalse();
    AccessToken second = tokens.get(BANK);
    assertThat(second.generation()).isEqualTo(first.generation() + 1);
    assertThat(tokens.invalidate(BANK, first)).as("late").isFalse();
    assertThat(tokens.get(BANK)).isSameAs(second);
    assertThat(events.events(TokenEvent.Type.INVALIDATED)).hasSize(1);
  }

  @Test
  void aTokenThatIsRejectedBeforeItsReaderSawIt_isReplacedBehindTheRead() {
    AccessToken elsewhere = new AccessToken(Secret.of("access-1"), "Bearer", "", 1, 0);
    AtomicBoolean rejects = new AtomicBoolean(true);
    CompletableFuture<Tokens> reader = new CompletableFuture<>();
    WatchedStore faster =
        new WatchedStore(rows) {
          @Override
          protected <T> T around(StoreCall call, Supplier<T> action) {
            T result = action.get();
            if (call == StoreCall.REPLACE && rejects.getAndSet(false)) {
              assertThat(reader.join().invalidate(BANK, elsewhere)).isTrue();
            }
            return result;
          }
        };
    try (Tokens reading = builder().store(faster).build()) {
      reader.complete(reading);
      assertThat(reading.get(BANK).generation()).isEqualTo(2);
    }
    assertThat(events.events(TokenEvent.Type.INVALIDATED)).hasSize(1);
    assertThat(source.calls()).isEqualTo(2);
  }

  @Test
  void aSuspendedChain_yieldsNothing_untilItGoesOn_andThenFetches() {
    tokens.get(BANK);
    assertThat(tokens.suspend(BANK)).isEqualTo(new AdminResult.Done(false));
    assertThat(tokens.suspend(BANK)).isEqualTo(new AdminResult.Done(true));
    assertThat(refused(() -> tokens.get(BANK)).reason()).isEqualTo(Reason.SUSPENDED);
    assertThat(tokens.getIfFresh(BANK)).isEmpty();
    assertThat(refused(() -> tokens.handle(BANK).get()).reason()).isEqualTo(Reason.SUSPENDED);
    assertThat(source.calls()).isEqualTo(1);
    assertThat(tokens.resume(BANK)).isEqualTo(new AdminResult.Done(false));
    assertThat(tokens.resume(BANK)).isEqualTo(new AdminResult.Done(true));
    assertThat(tokens.get(BANK).bearer()).isEqualTo("Bearer access-2");
    assertThat(events.types())
        .containsSubsequence(TokenEvent.Type.SUSPENDED, TokenEvent.Type.RESUMED);
  }

  @Test
  void aChainThatIsOver_yieldsNothing_andSaysAlready() {
    AccessToken token = tokens.get(BANK);
    assertThat(tokens.revoke(BANK, "stolen")).isEqualTo(new AdminResult.Done(false));
    assertThat(tokens.revoke(BANK, "stolen")).isEqualTo(new AdminResult.Done(true));
    assertThat(tokens.close(BANK, null)).isEqualTo(new AdminResult.Done(true));
    assertThat(refused(() -> tokens.get(BANK)).retryable()).isFalse();
    assertThat(tokens.invalidate(BANK, token)).isFalse();
    assertThat(row(BANK).upstream()).isNull();
    assertThat(events.events(TokenEvent.Type.REVOKED)).hasSize(1);
  }

  @Test
  void nothingCanBeDoneToAChainThatIsNotThere() {
    assertThat(tokens.close(BANK, null)).isEqualTo(new AdminResult.Refused(Refusal.NOT_FOUND));
    assertThat(tokens.suspend(BANK)).isEqualTo(new AdminResult.Refused(Refusal.NOT_FOUND));
  }

  @Test
  void anIssuedChain_isNoPlaceForAGrant() {
    rows.insert(Rows.minted(BANK), List.of());
    assertThatThrownBy(() -> signIn(BANK))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("names an issued chain");
    assertThat(refused(() -> tokens.get(BANK)).getMessage()).contains("names an issued chain");
  }

  @Test
  void afterClose_nothingIsDone() {
    AccessToken token = tokens.get(BANK);
    tokens.close();
    tokens.close();
    assertThat(refused(() -> tokens.get(BANK)).reason()).isEqualTo(Reason.CLOSED);
    assertThat(refused(() -> signIn(BANK)).reason()).isEqualTo(Reason.CLOSED);
    assertThat(refused(() -> tokens.invalidate(BANK, token)).reason()).isEqualTo(Reason.CLOSED);
    assertThat(refused(() -> tokens.suspend(BANK)).reason()).isEqualTo(Reason.CLOSED);
    assertThat(refused(() -> tokens.watch(ChainKey.of("x"))).reason()).isEqualTo(Reason.CLOSED);
    assertThat(tokens.getAsync(BANK)).isCompletedExceptionally();
    assertThat(tokens.getIfFresh(BANK)).isEmpty();
    assertThatThrownBy(() -> tokens.refreshDue(HOUR, HOUR)).hasMessageContaining("was closed");
    assertThatThrownBy(() -> tokens.warmUp(List.of(BANK))).hasMessageContaining("was closed");
  }
}
