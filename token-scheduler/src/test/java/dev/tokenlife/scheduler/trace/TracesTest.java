package dev.tokenlife.scheduler.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.PullEngine;
import dev.tokenlife.scheduler.Keep;
import dev.tokenlife.scheduler.PriorityEngine;
import dev.tokenlife.scheduler.PrioritySettings;
import dev.tokenlife.scheduler.ScheduledEngine;
import dev.tokenlife.scheduler.trace.Replay.Cost;
import dev.tokenlife.spi.RefreshEngine;
import dev.tokenlife.spi.UsageRules;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * What refreshing ahead costs and saves, on generated traces of tokens that live an hour: three
 * weeks of it, of which two are for learning and one is counted. Prints the table of
 * docs/scheduling.md.
 */
class TracesTest {
  private static final int USERS = 40;
  private static final int DAYS = 21;
  private static final int LEARNING = 14;

  /** Who refreshes when. */
  private enum Strategy {
    SCHEDULED,
    PULL,
    IF_USED,
    IF_LIKELY
  }

  @Test
  void office_predictionSparesMostRefreshesOfTheScheduledEngine_andMostWaitsOfIfUsed() {
    Map<Strategy, Cost> costs = costs(Trace.office(11, USERS, DAYS));
    assertOrder(costs);
    assertThat(calls(costs, Strategy.IF_LIKELY)).isLessThan(calls(costs, Strategy.SCHEDULED) / 2);
    assertThat(waited(costs, Strategy.IF_LIKELY)).isLessThan(waited(costs, Strategy.IF_USED) / 2);
  }

  @Test
  void flat_predictionIsAsGoodAsTheScheduledEngine() {
    Map<Strategy, Cost> costs = costs(Trace.flat(12, USERS, DAYS));
    assertOrder(costs);
    assertThat(waited(costs, Strategy.IF_LIKELY)).isLessThan(waited(costs, Strategy.PULL) / 10);
  }

  @Test
  void batch_predictionHasTheTokenReady_forAFractionOfTheRefreshes() {
    Map<Strategy, Cost> costs = costs(Trace.batch(13, USERS, DAYS));
    assertOrder(costs);
    assertThat(calls(costs, Strategy.IF_LIKELY)).isLessThan(calls(costs, Strategy.SCHEDULED) / 5);
    assertThat(waited(costs, Strategy.IF_LIKELY)).isLessThan(waited(costs, Strategy.IF_USED) / 2);
  }

  /** What holds whoever reads. */
  private static void assertOrder(Map<Strategy, Cost> costs) {
    for (Strategy each : Strategy.values()) {
      assertThat(calls(costs, each))
          .as("calls %s", costs)
          .isBetween(calls(costs, Strategy.PULL), calls(costs, Strategy.SCHEDULED) * 101 / 100);
      assertThat(waited(costs, each))
          .as("waited %s", costs)
          .isBetween(waited(costs, Strategy.SCHEDULED), waited(costs, Strategy.PULL));
    }
    assertThat(waited(costs, Strategy.SCHEDULED)).isZero();
    assertThat(unused(costs, Strategy.PULL)).as("unused %s", costs).isLessThanOrEqualTo(USERS);
    assertThat(unused(costs, Strategy.IF_LIKELY))
        .as("unused %s", costs)
        .isLessThanOrEqualTo(unused(costs, Strategy.SCHEDULED));
    assertThat(waited(costs, Strategy.IF_LIKELY))
        .as("waited %s", costs)
        .isLessThanOrEqualTo(waited(costs, Strategy.IF_USED));
  }

  private static Map<Strategy, Cost> costs(Trace trace) {
    Map<Strategy, Cost> costs = new EnumMap<>(Strategy.class);
    for (Strategy each : Strategy.values()) {
      Cost cost = Replay.of(trace, engine(each), usage(each), LEARNING);
      costs.put(each, cost);
      System.out.printf(
          "| %s | %s | %d | %d | %d | %d |%n",
          trace.name(), each, cost.reads(), cost.calls(), cost.waited(), cost.unused());
    }
    return costs;
  }

  private static RefreshEngine engine(Strategy strategy) {
    return switch (strategy) {
      case SCHEDULED -> ScheduledEngine.create();
      case PULL -> PullEngine.create();
      case IF_USED -> PriorityEngine.create();
      case IF_LIKELY -> PriorityEngine.create(PrioritySettings.DEFAULT.keep(Keep.IF_LIKELY));
    };
  }

  private static UsageRules usage(Strategy strategy) {
    return strategy == Strategy.IF_LIKELY ? UsageRules.DEFAULT.gap(Duration.ZERO) : UsageRules.OFF;
  }

  private static int calls(Map<Strategy, Cost> costs, Strategy of) {
    return cost(costs, of).calls();
  }

  private static int waited(Map<Strategy, Cost> costs, Strategy of) {
    return cost(costs, of).waited();
  }

  private static int unused(Map<Strategy, Cost> costs, Strategy of) {
    return cost(costs, of).unused();
  }

  private static Cost cost(Map<Strategy, Cost> costs, Strategy of) {
    return Objects.requireNonNull(costs.get(of));
  }
}
