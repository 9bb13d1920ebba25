package dev.tokenlife.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tokenlife.spi.RefreshPolicy.Lifetime;
import dev.tokenlife.spi.RefreshPolicy.Window;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The windows of the policies that come with the library. */
class RefreshPolicyTest {
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;

  @Test
  void classical_isDueFiveMinutesBeforeExpiry() {
    Window window = RefreshPolicy.classical().window(life(3_600 * SECOND));
    assertThat(window).isEqualTo(at(3_300 * SECOND));
  }

  @Test
  void classical_isDueAtHalfOfALifetimeThatIsShorterThanItsBuffer() {
    assertThat(RefreshPolicy.classical().window(life(300 * SECOND))).isEqualTo(at(150 * SECOND));
    assertThat(RefreshPolicy.classical().window(life(60 * SECOND))).isEqualTo(at(30 * SECOND));
  }

  @Test
  void classical_armsNothingBelowItsMinimum() {
    assertThat(RefreshPolicy.classical().window(life(60 * SECOND - 1)).armed()).isFalse();
    assertThat(RefreshPolicy.classical().window(life(0)).armed()).isFalse();
    assertThat(RefreshPolicy.classical().window(life(60 * SECOND)).armed()).isTrue();
  }

  @Test
  void adaptive_isDueAtHalfOfTheLifetime_butAtMostTwentyMinutesBeforeExpiry() {
    assertThat(RefreshPolicy.adaptive().window(life(10 * MINUTE)).earliest()).isEqualTo(5 * MINUTE);
    assertThat(RefreshPolicy.adaptive().window(life(60 * MINUTE)))
        .isEqualTo(new Window(40 * MINUTE, 45 * MINUTE, true));
  }

  @Test
  void aWindow_shrinksToFitAShortLifetime() {
    RefreshPolicy policy = RefreshPolicy.window(Duration.ofMinutes(20), Duration.ofMinutes(15));
    assertThat(policy.window(life(60 * MINUTE)))
        .isEqualTo(new Window(40 * MINUTE, 45 * MINUTE, true));
    assertThat(policy.window(life(10 * MINUTE)))
        .isEqualTo(new Window(5 * MINUTE, 5 * MINUTE, true));
  }

  @Test
  void aFraction_isDueWhenItHasPassed() {
    assertThat(RefreshPolicy.fraction(0.8).window(life(10 * MINUTE))).isEqualTo(at(8 * MINUTE));
  }

  @Test
  void theHardStop_isAMinuteBeforeExpiry_atMostAQuarterOfTheLifetime() {
    RefreshPolicy policy = RefreshPolicy.adaptive();
    assertThat(policy.serveUntil(life(60 * MINUTE))).isEqualTo(59 * MINUTE);
    assertThat(policy.serveUntil(life(100 * SECOND))).isEqualTo(75 * SECOND);
    assertThat(policy.serveUntil(life(0))).isZero();
  }

  @Test
  void nonsense_isRefused() {
    assertThatThrownBy(() -> RefreshPolicy.fraction(0)).hasMessageContaining("between 0 and 1");
    assertThatThrownBy(() -> RefreshPolicy.fraction(1)).hasMessageContaining("between 0 and 1");
    assertThatThrownBy(() -> RefreshPolicy.fraction(Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> RefreshPolicy.window(Duration.ofSeconds(1), Duration.ofSeconds(2)))
        .hasMessageContaining("the first must be the longer one");
    assertThatThrownBy(() -> RefreshPolicy.window(Duration.ZERO, Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RefreshPolicy.classical(Duration.ofSeconds(-1), Duration.ZERO))
        .hasMessageContaining("must not be negative");
  }

  private static Lifetime life(long millis) {
    return new Lifetime(0, millis);
  }

  private static Window at(long millis) {
    return new Window(millis, millis, true);
  }
}
