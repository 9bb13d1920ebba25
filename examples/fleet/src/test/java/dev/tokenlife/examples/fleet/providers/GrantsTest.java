package dev.tokenlife.examples.fleet.providers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GrantsTest {
  private final Grants grants = new Grants();

  @Test
  void refreshToken_isReplacedByItsUse_andASecondUseIsCounted() {
    String first = grants.signIn("ann");
    String second = grants.rotate(first);
    assertThat(second).isNotNull().isNotEqualTo(first);
    assertThat(grants.secondUses()).isZero();
    assertThat(grants.rotate(first)).isNull();
    assertThat(grants.secondUses()).isEqualTo(1);
    assertThat(grants.rotate(second)).isNotNull();
  }

  @Test
  void revokedGrant_isRefused_andSigningInAgainBringsAnother() {
    String old = grants.signIn("ann");
    Grants.Grant grant = grants.of("ann");
    assertThat(grant).isNotNull();
    grant.revoke();
    assertThat(grants.rotate(old)).isNull();
    assertThat(grant.refusals()).isEqualTo(1);
    assertThat(grants.rotate(grants.signIn("ann"))).isNotNull();
    assertThat(grants.rotate(old)).isNull();
    assertThat(grants.secondUses()).isZero();
  }

  @Test
  void tokenNobodyWasGiven_isRefused() {
    assertThat(grants.rotate("guess")).isNull();
    assertThat(grants.rotate(null)).isNull();
  }
}
