package dev.tokenlife.issuing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.Chains;
import dev.tokenlife.issuing.Ordeal.Prepared;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.testing.FaultyStore;
import dev.tokenlife.testing.IntrudedStore;
import dev.tokenlife.testing.StoreFault;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every command, with somebody else acting before each of its store calls, while at each of its
 * calls an answer is lost, a request is lost or a write lands late.
 */
final class IntrusionTest {
  static Stream<Arguments> encounters() {
    return Ordeal.all().stream()
        .flatMap(ordeal -> Stream.of(Intruder.values()).map(who -> Arguments.of(ordeal, who)));
  }

  private record Plan(Ordeal ordeal, Intruder intruder, long at, long broken, Fault fault) {}

  private record Fault(@Nullable StoreFault fault, boolean landsBeforeTheIntruder) {}

  @ParameterizedTest
  @MethodSource("encounters")
  void intrudedAtAnyCall_theAnswerIsTrue_andNothingIsDoneTwice(Ordeal ordeal, Intruder intruder) {
    int call = 1;
    while (survives(new Plan(ordeal, intruder, call, 0, new Fault(null, false)))) {
      call++;
    }
    assertThat(call).as("a command that makes no store call proves nothing").isGreaterThan(1);
  }

  @ParameterizedTest
  @MethodSource("encounters")
  void intrudedWhileAnAnswerIsLost_nothingIsRefusedThatHappened(Ordeal ordeal, Intruder intruder) {
    for (Fault fault : faults()) {
      for (int broken = 1; broken <= 3; broken++) {
        int call = 1;
        while (survives(new Plan(ordeal, intruder, call, broken, fault))) {
          call++;
        }
      }
    }
  }

  private static List<Fault> faults() {
    return List.of(
        new Fault(StoreFault.REQUEST_LOST, false),
        new Fault(StoreFault.ANSWER_LOST, false),
        new Fault(StoreFault.DELAYED, false),
        new Fault(StoreFault.DELAYED, true));
  }

  /** Returns false if there were not that many calls. */
  private static boolean survives(Plan plan) {
    Stage stage = new Stage();
    Prepared prepared = plan.ordeal.prepare().apply(stage);
    ChainKey key = prepared.keys().get(0);
    FaultyStore faulty = FaultyStore.around(stage.store);
    if (plan.fault.fault != null) {
      faulty.breakCall(plan.broken, plan.fault.fault);
    }
    IntrudedStore intruded =
        IntrudedStore.beforeCall(
            faulty,
            plan.at,
            () -> {
              if (plan.fault.landsBeforeTheIntruder) {
                List<Object> unused = faulty.releaseDelayed();
              }
              plan.intruder.act(stage, key);
            });
    try (Chains node = stage.node(intruded).build()) {
      Said said = Said.by(() -> prepared.act().apply(node));
      if (intruded.calls() < plan.at) {
        return false;
      }
      List<Object> unused = faulty.releaseDelayed();
      judge(plan, stage, prepared, said);
    }
    return true;
  }

  private static void judge(Plan plan, Stage stage, Prepared prepared, Said said) {
    for (ChainKey key : prepared.keys()) {
      boolean ever = stage.store.of(key).stream().anyMatch(prepared.done());
      boolean byIntruder = stage.store.of(key).stream().anyMatch(plan.intruder::makes);
      if (said == Said.DONE) {
        assertThat(ever || byIntruder).as(plan + ": done is durable").isTrue();
      }
      boolean one = prepared.keys().size() == 1;
      if (one && !byIntruder && (said == Said.REFUSED || said == Said.FAILED)) {
        assertThat(ever).as(plan + ": what was refused never happens").isFalse();
      }
      Lineage.check(stage, key);
      WayOn.check(stage, key);
      Lineage.check(stage, key);
    }
  }
}
