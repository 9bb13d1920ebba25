package dev.tokenlife.issuing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.Chains;
import dev.tokenlife.issuing.Ordeal.Prepared;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.testing.FaultyStore;
import dev.tokenlife.testing.StoreFault;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every command, broken at each of its store calls in every way a store call can break, and at each
 * pair of them. Enumerated: a call number is tried as long as there is a call of that number.
 */
final class CrashTest {
  static List<Ordeal> ordeals() {
    return Ordeal.all();
  }

  /** When a delayed write reaches the store, and whether the request is made again. */
  private enum Afterwards {
    NOTHING,
    LANDS,
    AGAIN,
    LANDS_THEN_AGAIN,
    AGAIN_THEN_LANDS
  }

  @ParameterizedTest
  @MethodSource("ordeals")
  void brokenAtAnyCall_theAnswerIsTrue_andTheHolderHasAWayOn(Ordeal ordeal) {
    int runs = 0;
    for (StoreFault fault : StoreFault.values()) {
      for (Afterwards afterwards : Afterwards.values()) {
        int call = 1;
        while (survives(ordeal, afterwards, call, fault, 0, null)) {
          call++;
          runs++;
        }
        assertThat(call).as("a command that makes no store call proves nothing").isGreaterThan(1);
      }
    }
    assertThat(runs).isGreaterThanOrEqualTo(35);
  }

  @ParameterizedTest
  @MethodSource("ordeals")
  void brokenTwice_theAnswerIsTrue_andTheHolderHasAWayOn(Ordeal ordeal) {
    for (StoreFault first : unsure()) {
      for (StoreFault second : StoreFault.values()) {
        for (Afterwards afterwards : Afterwards.values()) {
          for (int call = 1; call <= calls(ordeal); call++) {
            int later = call + 1;
            while (survives(ordeal, afterwards, call, first, later, second)) {
              later++;
            }
          }
        }
      }
    }
  }

  /** Returns how many calls the command makes if it is undisturbed. */
  private static long calls(Ordeal ordeal) {
    Stage stage = new Stage();
    Prepared prepared = ordeal.prepare().apply(stage);
    FaultyStore healthy = FaultyStore.around(stage.store);
    try (Chains node = stage.node(healthy).build()) {
      assertThat(prepared.act().apply(node)).isEqualTo(Said.DONE);
    }
    return healthy.calls();
  }

  private static List<StoreFault> unsure() {
    return List.of(StoreFault.REQUEST_LOST, StoreFault.ANSWER_LOST, StoreFault.DELAYED);
  }

  /** Returns false if there were not that many calls. */
  private static boolean survives(
      Ordeal ordeal,
      Afterwards afterwards,
      int call,
      StoreFault fault,
      int later,
      @Nullable StoreFault second) {
    String run = ordeal + " " + fault + "@" + call + " " + second + "@" + later + " " + afterwards;
    Stage stage = new Stage();
    Prepared prepared = ordeal.prepare().apply(stage);
    FaultyStore faulty = FaultyStore.around(stage.store);
    faulty.breakCall(call, fault);
    if (second != null) {
      faulty.breakCall(later, second);
    }
    try (Chains node = stage.node(faulty).build()) {
      Said said = Said.by(() -> prepared.act().apply(node));
      if (faulty.calls() < Math.max(call, later)) {
        return false;
      }
      faulty.heal();
      judge(run, stage, prepared, said, faulty, afterwards);
    }
    return true;
  }

  private static void judge(
      String run,
      Stage stage,
      Prepared prepared,
      Said said,
      FaultyStore faulty,
      Afterwards afterwards) {
    assertThat(said).as(run + ": nothing here is refused").isNotEqualTo(Said.REFUSED);
    boolean done = done(stage, prepared);
    if (said == Said.DONE) {
      assertThat(done).as(run + ": done is durable").isTrue();
    }
    if (afterwards == Afterwards.LANDS || afterwards == Afterwards.LANDS_THEN_AGAIN) {
      List<Object> unused = faulty.releaseDelayed();
    }
    if (said == Said.FAILED) {
      assertThat(anyDone(stage, prepared)).as(run + ": failed is never done").isFalse();
    }
    if (afterwards.compareTo(Afterwards.AGAIN) >= 0) {
      again(run, stage, prepared);
    }
    if (afterwards == Afterwards.AGAIN_THEN_LANDS) {
      List<Object> unused = faulty.releaseDelayed();
    }
    for (ChainKey key : prepared.keys()) {
      Lineage.check(stage, key);
      WayOn.check(stage, key);
      Lineage.check(stage, key);
    }
  }

  /** The same request, made to another process: done, and done once. */
  private static void again(String run, Stage stage, Prepared prepared) {
    List<Long> before = sequences(stage, prepared);
    boolean wasDone = done(stage, prepared);
    Said said = Said.by(() -> prepared.act().apply(stage.chains));
    assertThat(said).as(run + ": the repeated request").isEqualTo(Said.DONE);
    assertThat(done(stage, prepared)).as(run).isTrue();
    if (wasDone) {
      assertThat(sequences(stage, prepared)).as(run + ": never twice").isEqualTo(before);
    }
  }

  private static List<Long> sequences(Stage stage, Prepared prepared) {
    List<Long> numbers = new ArrayList<>();
    for (ChainKey key : prepared.keys()) {
      stage
          .store
          .find(key)
          .ifPresent(
              stored -> {
                numbers.add(stored.row().seq());
                numbers.add(stored.row().generation());
              });
    }
    return numbers;
  }

  private static boolean done(Stage stage, Prepared prepared) {
    return prepared.keys().stream()
        .allMatch(key -> stage.store.of(key).stream().anyMatch(prepared.done()));
  }

  private static boolean anyDone(Stage stage, Prepared prepared) {
    return prepared.keys().stream()
        .anyMatch(key -> stage.store.of(key).stream().anyMatch(prepared.done()));
  }
}
