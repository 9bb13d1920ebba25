package dev.tokenlife.examples.fleet.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tokenlife.examples.fleet.record.RunClock;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.FailureKind;
import dev.tokenlife.model.Secret;
import dev.tokenlife.oauth2.OAuth2Source;
import dev.tokenlife.spi.FetchRequest;
import dev.tokenlife.spi.FetchedToken;
import dev.tokenlife.spi.SourceException;
import dev.tokenlife.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the library sees of a provider, over HTTP. */
class ProviderTest {
  private static final int LIMIT = 2;

  private Provider provider;
  private OAuth2Source source;

  @BeforeEach
  void open() throws IOException {
    RunClock clock = RunClock.start(TimeSource.system());
    ProviderSettings settings =
        new ProviderSettings(Duration.ofMinutes(1), Duration.ofMillis(1), LIMIT);
    provider = Provider.open("A", settings, clock);
    source =
        OAuth2Source.refreshToken(provider.tokenUri(), "fleet", () -> Secret.of("secret"))
            .singleUse()
            .allowHttpOnLoopback();
  }

  @AfterEach
  void close() {
    provider.close();
  }

  private FetchedToken refresh(String refreshToken) {
    return source.fetch(
        new FetchRequest(
            ChainKey.of("A", "ann"),
            1,
            Optional.of(Secret.of(refreshToken)),
            "",
            Duration.ofSeconds(10)));
  }

  private FailureKind failure(String refreshToken) {
    try {
      refresh(refreshToken);
    } catch (SourceException refused) {
      return refused.kind();
    }
    throw new AssertionError("was not refused");
  }

  @Test
  void grant_isRefreshed_withASuccessor() {
    FetchedToken token = refresh(provider.signIn("ann"));
    assertThat(token.expiresAt(0)).isEqualTo(60_000);
    assertThat(token.refreshToken()).isNotNull();
    assertThat(provider.calls().count(Outcome.GRANTED)).isEqualTo(1);
  }

  @Test
  void moreThanTheLimit_isThrottled_andToldWhenToCome() {
    String token = provider.signIn("ann");
    for (int i = 0; i < LIMIT; i++) {
      assertThat(failure("guess")).isEqualTo(FailureKind.PERMANENT);
    }
    assertThatThrownBy(() -> refresh(token))
        .isInstanceOfSatisfying(
            SourceException.class,
            refused -> {
              assertThat(refused.kind()).isEqualTo(FailureKind.THROTTLED);
              assertThat(refused.retryAfter()).contains(Duration.ofSeconds(1));
            });
    assertThat(provider.calls().count(Outcome.THROTTLED)).isEqualTo(1);
    assertThat(provider.calls().countImpatient()).isZero();
    assertThat(failure(token)).isEqualTo(FailureKind.THROTTLED);
    assertThat(provider.calls().countImpatient()).isEqualTo(1);
  }

  @Test
  void providerThatIsDown_spendsNothing() {
    String token = provider.signIn("ann");
    provider.down(true);
    assertThat(failure(token)).isEqualTo(FailureKind.TRANSIENT);
    assertThat(provider.calls().whileDown().between(0, 60)).isEqualTo(1);
    provider.down(false);
    assertThat(refresh(token)).isNotNull();
  }

  @Test
  void revokedGrant_isGoneForGood_andItsRefusalsAreCounted() {
    String token = provider.signIn("ann");
    provider.revoke(List.of("ann"));
    assertThat(failure(token)).isEqualTo(FailureKind.PERMANENT);
    assertThat(provider.refusals()).containsEntry("ann", 1);
  }
}
