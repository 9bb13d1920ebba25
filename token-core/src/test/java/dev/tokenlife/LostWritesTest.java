package dev.tokenlife;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.crypto.KeyRing;
import dev.tokenlife.model.AccessToken;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.Secret;
import dev.tokenlife.model.TokenUnavailableException.Reason;
import dev.tokenlife.spi.Demand;
import dev.tokenlife.spi.StoredChain;
import dev.tokenlife.spi.TokenEvent;
import dev.tokenlife.testing.ReferenceStore;
import dev.tokenlife.testing.ScriptedSource;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A store that loses what it acknowledged is noticed, told, and lived with. */
class LostWritesTest extends Fixture {
  private static final Secret KEY = KeyRing.newKey();

  LostWritesTest() {
    super(ReferenceStore.shared(), ScriptedSource.create());
  }

  @Override
  TokensBuilder builder() {
    return super.builder().keys(KeyRing.of(1, KEY));
  }

  @Test
  void aRowThatWentBack_isTold_once_andBelieved() {
    AccessToken older = tokens.get(BANK);
    ChainRow row = row(BANK);
    tokens.refresh(BANK, Demand.BLOCKED).join();
    goBackTo(row);
    for (int i = 0; i < 5; i++) {
      after(Duration.ofSeconds(40));
      assertThat(tokens.get(BANK).value()).isEqualTo(older.value());
    }
    assertThat(told()).singleElement().extracting(TokenEvent::key).isEqualTo(BANK);
  }

  @Test
  void aTokenThatWasLost_isNotTakenForAnotherOfItsGeneration() {
    try (Tokens other = builder().build()) {
      tokens.get(BANK);
      ChainRow row = row(BANK);
      AccessToken lost = tokens.refresh(BANK, Demand.BLOCKED).join();
      goBackTo(row);
      after(Duration.ofMinutes(5));
      AccessToken stored = other.refresh(BANK, Demand.BLOCKED).join();
      assertThat(stored.generation()).isEqualTo(lost.generation());
      assertThat(tokens.get(BANK).value()).isEqualTo(stored.value());
    }
  }

  @Test
  void whatIsFetchedAfterwards_isShown_thoughItsRevisionWasSeenBefore() {
    tokens.get(BANK);
    ChainRow older = row(BANK);
    for (int i = 0; i < 3; i++) {
      tokens.refresh(BANK, Demand.BLOCKED).join();
    }
    goBackTo(older);
    after(Duration.ofMinutes(30));
    AccessToken next = tokens.refresh(BANK, Demand.BLOCKED).join();
    assertThat(next.value().reveal()).isEqualTo("access-5");
    assertThat(next.expiresAtMillis()).isEqualTo(current(row(BANK)).expiresAt());
    assertThat(tokens.get(BANK)).isSameAs(next);
    after(Duration.ofMinutes(50));
    assertThat(tokens.get(BANK).value().reveal()).isNotEqualTo("access-4");
    assertThat(told()).hasSize(1);
  }

  @Test
  void aRowThatIsGone_isTold_andOpenedAgain() {
    tokens.get(BANK);
    tokens.refresh(BANK, Demand.BLOCKED).join();
    StoredChain there = rows.find(BANK).orElseThrow();
    assertThat(rows.delete(BANK, there.version())).isTrue();
    after(Duration.ofSeconds(40));
    assertThat(tokens.get(BANK).value().reveal()).isEqualTo("access-3");
    assertThat(told()).hasSize(1);
  }

  @Test
  void aRevokedChain_staysRevokedHere_whateverTheStoreForgot() {
    tokens.get(BANK);
    ChainRow older = row(BANK);
    tokens.revoke(BANK, "test");
    goBackTo(older);
    after(Duration.ofSeconds(40));
    assertThat(refused(() -> tokens.get(BANK)).reason()).isEqualTo(Reason.CHAIN_OVER);
  }

  @Test
  void whatOthersWriteMeanwhile_isNoLoss() {
    try (Tokens other = builder().build()) {
      tokens.get(BANK);
      for (int i = 0; i < 5; i++) {
        other.refresh(BANK, Demand.BLOCKED).join();
        tokens.refresh(BANK, Demand.BLOCKED).join();
        after(Duration.ofSeconds(25));
        tokens.get(BANK);
        other.get(BANK);
      }
    }
    assertThat(told()).isEmpty();
  }

  private void goBackTo(ChainRow older) {
    StoredChain there = rows.find(older.key()).orElseThrow();
    assertThat(rows.delete(older.key(), there.version())).isTrue();
    rows.insert(older, List.of());
  }

  private List<TokenEvent> told() {
    return events.events(TokenEvent.Type.WRITES_LOST);
  }
}
