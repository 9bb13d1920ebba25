package dev.tokenlife.scheduler;

import static dev.tokenlife.scheduler.Scene.BANK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.spi.RefreshEngine;
import dev.tokenlife.spi.RefreshPolicy;
import dev.tokenlife.spi.UsageRules;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What reading does to refreshing, with both engines that refresh ahead. */
class UsageTest {
  private static final Duration STEP = Duration.ofSeconds(10);
  private static final UsageRules GAP = UsageRules.OFF.gap(Duration.ofSeconds(30));

  private static RefreshEngine engine(boolean priority, Keep keep) {
    return priority
        ? PriorityEngine.create(PrioritySettings.DEFAULT.keep(keep))
        : ScheduledEngine.create(keep);
  }

  /** Tokens of an hour are due in the 40th to the 45th minute. */
  private static Scene scene(RefreshEngine engine, UsageRules usage) {
    return new Scene(
        engine,
        builder ->
            builder
                .usage(usage)
                .policy(RefreshPolicy.window(Duration.ofMinutes(20), Duration.ofMinutes(15))));
  }

  private static void read(Scene scene, Duration length) {
    for (long i = 0; i < length.dividedBy(STEP); i++) {
      scene.tokens.get(BANK);
      scene.advance(STEP);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void chainThatIsRead_isRefreshedInTheNextGap(boolean priority) {
    try (Scene scene = scene(engine(priority, Keep.ALWAYS), GAP)) {
      read(scene, Duration.ofMinutes(40));
      while (!scene.tokens.status(BANK).plan().startsWith("put off")) {
        read(scene, STEP);
      }
      read(scene, Duration.ofSeconds(60));
      if (scene.tokens.status(BANK).plan().startsWith("put off")) {
        assertThat(scene.source.calls()).isEqualTo(1);
      }
      scene.advance(Duration.ofSeconds(61));
      assertThat(scene.source.calls()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void chainThatIsReadAllTheTime_isRefreshedAtTheEndOfItsWindow(boolean priority) {
    try (Scene scene = scene(engine(priority, Keep.ALWAYS), GAP)) {
      read(scene, Duration.ofMinutes(43).plusSeconds(30));
      assertThat(scene.source.calls()).isEqualTo(1);
      read(scene, Duration.ofMinutes(1).plusSeconds(30));
      assertThat(scene.source.calls()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void chainNobodyReads_waitsForNoGap(boolean priority) {
    try (Scene scene = scene(engine(priority, Keep.ALWAYS), GAP)) {
      scene.tokens.watch(BANK);
      scene.advance(Duration.ofSeconds(1));
      int before = scene.source.calls();
      scene.advance(Duration.ofMinutes(45));
      assertThat(scene.source.calls()).isEqualTo(before + 1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void sleepingChain_isWokenAheadOfTheHourItIsUsuallyReadIn_andSaysSo(boolean priority) {
    UsageRules habits = UsageRules.DEFAULT.gap(Duration.ZERO);
    try (Scene scene = scene(engine(priority, Keep.IF_LIKELY), habits)) {
      scene.advance(Duration.ofHours(9).plusMinutes(30));
      scene.tokens.get(BANK);
      scene.advance(Duration.ofHours(20));
      assertThat(scene.isFresh(BANK)).isFalse();
      assertThat(scene.tokens.status(BANK).plan()).startsWith("put off until 2030-01-08T0");
      int before = scene.source.calls();
      scene.advance(Duration.ofDays(6).plusHours(4));
      assertThat(scene.isFresh(BANK)).as("ready before anyone asks, a week later").isTrue();
      assertThat(scene.source.calls() - before).isBetween(1, 2);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void withoutHabits_ifLikelyIsIfUsed(boolean priority) {
    try (Scene scene = scene(engine(priority, Keep.IF_LIKELY), UsageRules.OFF)) {
      scene.tokens.get(BANK);
      scene.advance(Duration.ofMinutes(1));
      scene.tokens.get(BANK);
      scene.advance(Duration.ofHours(10));
      assertThat(scene.source.calls()).isEqualTo(2);
      assertThat(scene.figure("asleep")).isEqualTo(1);
      assertThat(scene.tokens.status(BANK).plan()).contains("asleep until it is read");
    }
  }
}
