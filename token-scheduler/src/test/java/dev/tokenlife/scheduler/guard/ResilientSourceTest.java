package dev.tokenlife.scheduler.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.FailureKind;
import dev.tokenlife.model.Secret;
import dev.tokenlife.spi.FetchRequest;
import dev.tokenlife.spi.SourceException;
import dev.tokenlife.spi.TokenSource;
import dev.tokenlife.testing.ScriptedSource;
import dev.tokenlife.time.VirtualTime;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A source behind a guard of its own: one call or none. */
class ResilientSourceTest {
  private final VirtualTime time = new VirtualTime();
  private final ScriptedSource source =
      ScriptedSource.singleUse("bank", Duration.ofSeconds(3), time);
  private final TokenSource guarded =
      ResilientSource.around(
          source, ResilienceGuard.create(time, GuardSettings.DEFAULT.concurrency(1)), time);
  private final FetchRequest request =
      new FetchRequest(ChainKey.of("bank"), 0, Optional.empty(), "", Duration.ofSeconds(10));

  @Test
  void oneCall_oneAnswer() throws Exception {
    assertThat(guarded.fetch(request).accessToken().reveal()).isEqualTo("access-1");
    assertThat(guarded.fetch(request).accessToken().reveal()).isEqualTo("access-2");
    assertThat(source.calls()).isEqualTo(2);
  }

  @Test
  void failures_passThrough_andOpenTheBreaker() {
    for (int i = 0; i < 5; i++) {
      source.fail(FailureKind.TRANSIENT).fail(new IllegalStateException("cut"));
      assertThatThrownBy(() -> guarded.fetch(request)).isInstanceOf(SourceException.class);
      assertThatThrownBy(() -> guarded.fetch(request)).isInstanceOf(IllegalStateException.class);
    }
    assertThatThrownBy(() -> guarded.fetch(request))
        .isInstanceOfSatisfying(
            SourceException.class,
            refused -> {
              assertThat(refused.kind()).isEqualTo(FailureKind.TRANSIENT);
              assertThat(refused.retryAfter()).isPresent();
            });
    assertThat(source.calls()).isEqualTo(10);
  }

  @Test
  void throttledSource_isNotCalledUntilItsTime() {
    source.throttle(Duration.ofSeconds(30));
    assertThatThrownBy(() -> guarded.fetch(request)).isInstanceOf(SourceException.class);
    assertThatThrownBy(() -> guarded.fetch(request))
        .isInstanceOfSatisfying(
            SourceException.class,
            refused -> assertThat(refused.retryAfter()).contains(Duration.ofSeconds(30)));
    assertThat(source.calls()).isEqualTo(1);
  }

  @Test
  void everythingElse_isTheSourcesOwn() throws Exception {
    assertThat(guarded.upstream()).isEqualTo("bank");
    assertThat(guarded.exclusive()).isTrue();
    assertThat(guarded.resendGrace()).isEqualTo(Duration.ofSeconds(3));
    guarded.revoke(Secret.of("left"));
    assertThat(source.revoked()).hasSize(1);
    assertThat(ResilientSource.around(source).upstream()).isEqualTo("bank");
  }
}
