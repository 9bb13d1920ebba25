package dev.tokenlife.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tokenlife.Tokens;
import dev.tokenlife.azure.emulator.Azurite;
import dev.tokenlife.azure.emulator.AzuriteInstall;
import dev.tokenlife.azure.emulator.WithAzurite;
import dev.tokenlife.crypto.KeyRing;
import dev.tokenlife.model.AccessToken;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.Secret;
import dev.tokenlife.model.TokenUnavailableException;
import dev.tokenlife.model.TokenUnavailableException.Reason;
import dev.tokenlife.scheduler.ScheduledEngine;
import dev.tokenlife.spi.FetchedToken;
import dev.tokenlife.spi.RefreshPolicy;
import dev.tokenlife.spi.TokenEvent;
import dev.tokenlife.testing.RecordingListener;
import dev.tokenlife.testing.ScriptedSource;
import dev.tokenlife.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The service stands still in the middle of everything, in real time: two processes refresh a few
 * dozen grants ahead while readers use them.
 */
@WithAzurite
final class OutageTest {
  private static final int GRANTS = 40;
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final AzuriteInstall install;
  private final Secret key = KeyRing.newKey();
  private final ScriptedSource source =
      ScriptedSource.singleUse("music", Duration.ZERO, TimeSource.system());
  private final List<Tokens> processes = new ArrayList<>();
  private final List<RecordingListener> events = new ArrayList<>();
  private Azurite azurite;
  private AzureTokenStore plain;
  private String prefix;

  @SuppressWarnings("NullAway.Init") // Set before each test.
  OutageTest(AzuriteInstall install) {
    this.install = install;
  }

  @BeforeEach
  void start() {
    azurite = Azurite.inMemory(install);
    prefix = Stores.prefix();
    plain = Stores.ready(Stores.builder(azurite).tablePrefix(prefix));
    processes.add(process("a"));
    processes.add(process("b"));
  }

  @AfterEach
  void stop() {
    azurite.resume();
    processes.forEach(process -> process.close(Duration.ofSeconds(5)));
    azurite.close();
  }

  @Test
  void aServiceThatStandsStillForTenSeconds_costsNothing() {
    standStill(Duration.ofSeconds(10), Duration.ofSeconds(80));
  }

  @Test
  @Tag("slow")
  void aServiceThatStandsStillForAMinute_costsNothing() {
    standStill(Duration.ofSeconds(60), Duration.ofSeconds(240));
  }

  /** All grants are due before the outage is over, and usable beyond it. */
  private void standStill(Duration outage, Duration life) {
    source.otherwise(request -> FetchedToken.of("access-" + source.calls(), life));
    for (int i = 0; i < GRANTS; i++) {
      long left = life.toMillis() * (GRANTS + i) / (2L * GRANTS);
      FetchedToken grant =
          FetchedToken.of("granted", Duration.ofMillis(left))
              .withRefreshToken(Secret.of("first-" + i));
      processes.get(0).adopt(user(i), "grant", grant);
    }
    eventually(life, () -> assertThat(calls()).isGreaterThan(GRANTS / 8));
    readAll();

    azurite.pause();
    int before = calls();
    AtomicBoolean over = new AtomicBoolean();
    TimeSource.system().schedule(outage, () -> over.set(true));
    refusedWithinItsPatience(ChainKey.of("elsewhere", "stranger"));
    while (!over.get()) {
      readAll();
    }
    int meanwhile = calls() - before;
    azurite.resume();

    assertThat(meanwhile).as("calls that were under way; no claim, no call").isLessThan(GRANTS / 2);
    eventually(life, () -> assertThat(generations()).allMatch(generation -> generation > 1));
    readAll();
    assertNothingLostOrDoubled();
  }

  private void assertNothingLostOrDoubled() {
    assertThat(source.secondUses()).isEmpty();
    eventually(
        Duration.ofSeconds(60),
        () ->
            assertThat(generations().stream().mapToLong(generation -> generation - 1).sum())
                .as("every answer is in a row")
                .isEqualTo(calls()));
    for (RecordingListener one : events) {
      assertThat(one.events(TokenEvent.Type.CLAIM_ABANDONED)).isEmpty();
      assertThat(one.events(TokenEvent.Type.WRITES_LOST)).isEmpty();
    }
  }

  private int calls() {
    return (int)
        source.requests().stream().filter(call -> call.key().partition().equals("music")).count();
  }

  private List<Long> generations() {
    List<Long> generations = new ArrayList<>();
    for (int i = 0; i < GRANTS; i++) {
      ChainRow row = plain.find(user(i)).orElseThrow().row();
      assertThat(row.failure()).isNull();
      generations.add(row.generation());
    }
    return generations;
  }

  /** Every reader has a usable token, and none of them waits for the service. */
  private void readAll() {
    for (Tokens process : processes) {
      for (int i = 0; i < GRANTS; i++) {
        AccessToken token = process.get(user(i), PATIENCE);
        assertThat(token.expiresAtMillis()).isGreaterThan(System.currentTimeMillis());
      }
    }
  }

  private void refusedWithinItsPatience(ChainKey unknown) {
    long start = System.nanoTime();
    TokenUnavailableException refused =
        catchThrowableOfType(
            TokenUnavailableException.class, () -> processes.get(1).get(unknown, PATIENCE));
    assertThat(refused.reason()).isIn(Reason.STORE_UNAVAILABLE, Reason.DEADLINE);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE.multipliedBy(3));
  }

  private Tokens process(String name) {
    RecordingListener listener = new RecordingListener();
    events.add(listener);
    return Tokens.builder()
        .source(source)
        .engine(ScheduledEngine.create())
        .policy(RefreshPolicy.fraction(0.25))
        .store(
            Stores.builder(azurite)
                .tablePrefix(prefix)
                .deadline(Duration.ofSeconds(5))
                .responseTimeout(Duration.ofSeconds(2))
                .build())
        .keys(KeyRing.of(1, key))
        .listener(listener)
        .sharedAs(name)
        .build();
  }

  private static void eventually(Duration most, Runnable holds) {
    Awaitility.await().atMost(most).pollInterval(Duration.ofMillis(200)).untilAsserted(holds::run);
  }

  private static ChainKey user(int i) {
    return ChainKey.of("music", "user-" + i);
  }
}
