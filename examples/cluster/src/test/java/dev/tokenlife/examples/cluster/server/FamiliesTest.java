package dev.tokenlife.examples.cluster.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.examples.cluster.server.Use.Verdict;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class FamiliesTest {
  private final Ledger ledger = new Ledger();
  private final Families families = new Families(ledger, Duration.ofSeconds(80));

  @Test
  void eachUse_bringsASuccessor() {
    String second = next(families.begin("g"));
    String third = next(second);
    assertThat(third).isNotEqualTo(second);
    assertThat(ledger.refreshes()).isEqualTo(2);
    assertThat(ledger.secondUses()).isEmpty();
  }

  @Test
  void aSecondUse_revokesTheFamily_untilSomebodySignsInAgain() {
    String first = families.begin("g");
    String second = next(first);
    assertThat(verdict(first)).isEqualTo(Verdict.REUSED);
    assertThat(verdict(second)).isEqualTo(Verdict.REVOKED);
    assertThat(ledger.secondUses()).singleElement().extracting(Use::node).isEqualTo("n1");
    assertThat(verdict(families.begin("g"))).isEqualTo(Verdict.ACCEPTED);
  }

  @Test
  void otherGrants_areNotTouched() {
    String other = families.begin("h");
    String first = families.begin("g");
    next(first);
    assertThat(verdict(first)).isEqualTo(Verdict.REUSED);
    assertThat(verdict(other)).isEqualTo(Verdict.ACCEPTED);
  }

  @Test
  void whatWasNeverIssued_isNoUse() {
    assertThat(families.use("invented", "n1")).isEmpty();
  }

  private String next(String token) {
    return Objects.requireNonNull(families.use(token, "n1").orElseThrow().next());
  }

  private Verdict verdict(String token) {
    return families.use(token, "n1").orElseThrow().use().verdict();
  }
}
