package dev.tokenlife.scheduler;

import static dev.tokenlife.scheduler.Scene.BANK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tokenlife.Tokens;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.TokenUnavailableException;
import dev.tokenlife.spi.Demand;
import dev.tokenlife.testing.ReferenceStore;
import dev.tokenlife.testing.ScriptedSource;
import dev.tokenlife.testing.SourceGate;
import dev.tokenlife.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Closing is bounded and leaves nothing behind. */
class ClosingTest {
  @Test
  void closedTwice_isTheSame_andUseSaysSo() {
    try (LogLines lines = new LogLines()) {
      ScheduledEngine engine = ScheduledEngine.create();
      Scene scene = new Scene(engine);
      scene.tokens.get(BANK);
      scene.close();
      scene.close();
      engine.close(Duration.ZERO);
      assertThat(scene.time.armedTimers()).isZero();
      assertThat(lines.with("Token refresh scheduler stopped")).hasSize(1);
      assertThatThrownBy(() -> scene.tokens.get(BANK))
          .isInstanceOf(TokenUnavailableException.class)
          .hasMessageContaining("closed");
      scene.advance(Duration.ofHours(3));
      assertThat(scene.source.calls()).isEqualTo(1);
    }
  }

  @Test
  void hundredRefreshesInFlight_areFinishedOrHandedBack_andNoThreadIsLeft() {
    ReferenceStore store = ReferenceStore.local();
    ScriptedSource source = ScriptedSource.create();
    Tokens tokens =
        Tokens.builder()
            .source(source)
            .engine(ScheduledEngine.create())
            .store(store)
            .concurrency(100)
            .build();
    List<SourceGate> gates = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      gates.add(source.block());
      var unused = tokens.refresh(ChainKey.of("bank", "u" + i), Demand.BACKGROUND);
    }
    gates.forEach(SourceGate::awaitArrival);
    gates.subList(0, 50).forEach(SourceGate::open);
    long began = System.nanoTime();
    tokens.close(Duration.ofSeconds(1));
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
    gates.forEach(SourceGate::awaitLeft);
    await().untilAsserted(() -> assertThat(threads()).isEmpty());
    for (int i = 0; i < 100; i++) {
      var row = store.find(ChainKey.of("bank", "u" + i)).orElseThrow().row();
      assertThat(row.current() == null).isEqualTo(row.generation() == 0);
      assertThat(row.claim()).isNull();
    }
  }

  @Test
  void thousandEngines_leakNothing() {
    VirtualTime time = new VirtualTime();
    for (int i = 0; i < 1000; i++) {
      ScheduledEngine engine = ScheduledEngine.create();
      Tokens tokens =
          Tokens.builder()
              .source(ScriptedSource.create())
              .engine(engine)
              .store(ReferenceStore.local())
              .time(time)
              .executor(Runnable::run)
              .build();
      tokens.get(BANK);
      engine.schedule("cert", time.instant().plusSeconds(60), () -> time.instant());
      tokens.close();
    }
    assertThat(time.armedTimers()).isZero();
    assertThat(threads()).isEmpty();
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(Thread::isAlive)
        .map(Thread::getName)
        .filter(name -> name.startsWith("tokenlife"))
        .toList();
  }
}
