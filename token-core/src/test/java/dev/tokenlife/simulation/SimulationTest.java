package dev.tokenlife.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Random histories of fetched chains over several processes: {@code -Dsimulation.seeds=1000000}
 * plays more of them, {@code -Dsimulation.seed=42} plays one again and tells it.
 */
class SimulationTest {
  private static final long USUAL = 10_000;

  private final Logger logger = (Logger) LoggerFactory.getLogger("dev.tokenlife");

  @BeforeEach
  void beQuiet() {
    logger.setLevel(Level.OFF);
  }

  @AfterEach
  void speakAgain() {
    logger.setLevel(null);
  }

  @Test
  void whateverHappens_theLawsOfFetchedChainsHold() throws Exception {
    Long one = Long.getLong("simulation.seed");
    if (one != null) {
      new Simulation(one).run().forEach(System.out::println);
      return;
    }
    long seeds = Long.getLong("simulation.seeds", USUAL);
    assertThat(seeds).isPositive();
    int threads = Runtime.getRuntime().availableProcessors();
    AtomicLong next = new AtomicLong();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        running.add(pool.submit(() -> play(next, seeds)));
      }
      for (Future<?> worker : running) {
        worker.get();
      }
    } catch (ExecutionException broken) {
      throw new AssertionError(String.valueOf(broken.getCause()), broken.getCause());
    } finally {
      next.set(seeds);
      pool.shutdown();
    }
  }

  @Test
  void theSameSeed_isTheSameHistory() {
    for (long seed = 0; seed < 50; seed++) {
      assertThat(new Simulation(seed).run()).isEqualTo(new Simulation(seed).run());
    }
  }

  private static void play(AtomicLong next, long seeds) {
    for (long seed = next.getAndIncrement(); seed < seeds; seed = next.getAndIncrement()) {
      List<String> unused = new Simulation(seed).run();
    }
  }
}
