package dev.tokenlife.examples.cluster.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.examples.cluster.member.NodeEvent;
import dev.tokenlife.examples.cluster.server.Uses;
import dev.tokenlife.examples.cluster.step.Incident;
import dev.tokenlife.examples.cluster.step.Step;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class AmbiguityTest {
  private final Uses uses = new Uses();
  private final Incident killed =
      new Incident(Step.KILL, "a", 10, Set.of(1), Set.of("g-00001", "g-00002"));

  @Test
  void whatSeveralTellOfOneLostAnswer_countsOnce() {
    Ambiguity ambiguity = ambiguity(abandoned("g-00001", 20), abandoned("g-00001", 30));
    assertThat(ambiguity.count()).isEqualTo(1);
    assertThat(ambiguity.byIncident()).containsEntry(killed, Set.of("g-00001"));
  }

  @Test
  void aGrantWithoutACallInFlight_isUnexplained() {
    assertThat(ambiguity(abandoned("g-00003", 20)).unexplained()).hasSize(1);
    assertThat(ambiguity(abandoned("g-00001", 5)).unexplained()).hasSize(1);
    assertThat(ambiguity(abandoned("g-00002", 20)).unexplained()).isEmpty();
  }

  @Test
  void aGrantIsResolved_byItsNextRefresh_only() {
    uses.first("b", 15, 16);
    assertThat(ambiguity(abandoned("g-00001", 20)).unresolved()).isEqualTo(1);
    uses.first("b", 25, 26);
    assertThat(ambiguity(abandoned("g-00001", 20)).unresolved()).isZero();
    assertThat(ambiguity(abandoned("g-00001", 20)).wentOn()).isEqualTo(1);
  }

  private Ambiguity ambiguity(NodeEvent... events) {
    return new Ambiguity(uses.ledger(), List.of(events), List.of(killed));
  }

  private static NodeEvent abandoned(String grant, long nanos) {
    return new NodeEvent("b", "CLAIM_ABANDONED", grant, "AMBIGUOUS", "", nanos);
  }
}
