package dev.tokenlife.scheduler;

import static dev.tokenlife.scheduler.Scene.BANK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.PullEngine;
import dev.tokenlife.model.FailureKind;
import dev.tokenlife.spi.FetchedToken;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The lines people search for, each with its key and what happens next; never a secret. */
class LoggedLinesTest {
  private static final String CANARY = "canary-5e7a";

  private final LogLines lines = new LogLines();

  @AfterEach
  void close() {
    lines.close();
  }

  @Test
  void lifeOfAChain_isToldInOrder() {
    try (Scene scene = new Scene(ScheduledEngine.create())) {
      scene.source.otherwise(
          request -> FetchedToken.of(CANARY + request.generation(), Duration.ofHours(1)));
      scene.tokens.get(BANK);
      scene.source.fail(FailureKind.TRANSIENT);
      scene.advance(Duration.ofMinutes(58));
    }
    assertThat(lines.with("oken re", "oken on"))
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .matches(
                        "Starting token refresh scheduler .*bank.*refreshInSeconds=2[4-9]\\d\\d"),
            line ->
                assertThat(line)
                    .matches(
                        "Created new token on-demand .*bank.*trigger=CALLER generation=1 expiresAt=\\d+"),
            line ->
                assertThat(line)
                    .matches(
                        "Token refresh failed .*bank.*trigger=TIMER kind=TRANSIENT nextAttemptInMillis=\\d+ .*"),
            line ->
                assertThat(line)
                    .matches("Token refreshed .*bank.*trigger=TIMER generation=2 expiresAt=\\d+"),
            line ->
                assertThat(line)
                    .matches(
                        "Token refresh by scheduler completed .*bank.*trigger=TIMER generation=2 expiresAt=\\d+"),
            line -> assertThat(line).isEqualTo("Token refresh scheduler stopped"));
    assertThat(lines.with(CANARY)).isEmpty();
  }

  @Test
  void onePass_isToldWithItsStatistics() {
    try (Scene scene = new Scene(PullEngine.create())) {
      scene.tokens.refreshDue(Duration.ofMinutes(5), Duration.ofSeconds(10));
    }
    assertThat(lines.with("Token refresh completed"))
        .singleElement()
        .asString()
        .contains("queried=0");
  }

  @Test
  void pullApplication_neverLogsATimerLine() {
    try (Scene scene = new Scene(PullEngine.create())) {
      scene.tokens.get(BANK);
      scene.advance(Duration.ofHours(3));
      scene.tokens.get(BANK);
    }
    assertThat(lines.with("scheduler")).isEmpty();
    assertThat(lines.with("Created new token on-demand")).hasSize(2);
  }

  @Test
  void namedThings_areToldByName() {
    ScheduledEngine engine = ScheduledEngine.create();
    try (Scene scene = new Scene(engine)) {
      Instant now = scene.time.instant();
      engine.schedule("certificate", now.plusSeconds(600), () -> now.plusSeconds(90_000));
      engine.schedule(
          "broken",
          now.plusSeconds(600),
          () -> {
            throw new IllegalStateException(CANARY);
          });
      scene.advance(Duration.ofSeconds(320));
    }
    assertThat(lines.with("Token refresh by scheduler completed name=certificate")).hasSize(1);
    assertThat(lines.with("Token refresh failed name=broken nextAttemptInMillis=1000")).hasSize(1);
    assertThat(lines.with(CANARY)).isEmpty();
  }
}
