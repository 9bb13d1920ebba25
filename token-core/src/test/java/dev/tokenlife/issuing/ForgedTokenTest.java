package dev.tokenlife.issuing;

import static dev.tokenlife.issuing.Stage.ROOM;
import static dev.tokenlife.issuing.Stage.accepted;
import static dev.tokenlife.issuing.Stage.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.Chains;
import dev.tokenlife.crypto.KeyRing;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainOrigin;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.ChallengeResult;
import dev.tokenlife.model.HandOverResult;
import dev.tokenlife.model.OpenRequest;
import dev.tokenlife.model.OpenResult;
import dev.tokenlife.model.PollResult;
import dev.tokenlife.model.Refusal;
import dev.tokenlife.spi.StoredChain;
import dev.tokenlife.testing.CountingStore;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Texts that are no tokens, or none of this place. There is one answer for all of them. */
final class ForgedTokenTest {
  private static final HandOverResult INVALID = new HandOverResult.Refused(Refusal.INVALID);
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  private final Stage stage = new Stage();
  private final CountingStore counting = CountingStore.around(stage.store);
  private final Chains chains = stage.node(counting).build();

  @Test
  void floodOf100000GarbageTokens_makesNoStoreCall() {
    Random random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      assertThat(chains.handOver(ROOM, garbage(random, i), "mallory")).isEqualTo(INVALID);
    }
    assertThat(counting.total()).isZero();
  }

  @Test
  void nothing_emptiness_andNoise_makeNoStoreCall() {
    String huge = "A".repeat(1_000_000);
    for (String text : Arrays.asList(null, "", " ", "\u0000", "null", "ä€😀", huge, "====")) {
      assertThat(chains.handOver(ROOM, text, "mallory")).isEqualTo(INVALID);
      assertThat(chains.challenge(ROOM, text, "mallory"))
          .isEqualTo(new ChallengeResult.Refused(Refusal.INVALID));
    }
    assertThat(counting.total()).isZero();
  }

  @Test
  void everyFlippedBit_isInvalid_afterAtMostOneRead_andWithoutAWrite() {
    ChainKey key = stage.open("WARY");
    String token = stage.token(key, "ann");
    for (int at = 0; at < token.length(); at++) {
      for (int bit = 0; bit < 6; bit++) {
        counting.reset();
        assertThat(chains.handOver(ROOM, flipped(token, at, bit), "mallory")).isEqualTo(INVALID);
        assertThat(counting.finds()).isLessThanOrEqualTo(1);
        assertThat(counting.total()).isEqualTo(counting.finds());
      }
    }
    accepted(chains.handOver(ROOM, token, "bob"));
  }

  @Test
  void forcedLogout_byForgedOldTokens_isImpossible() {
    ChainKey wary = stage.open("WARY");
    String old = stage.token(wary, "ann");
    accepted(stage.chains.handOver(ROOM, old, "bob"));
    OpenResult.Opened family =
        (OpenResult.Opened) stage.chains.open(OpenRequest.of(ROOM, "FAMILY", "client"));
    String first = family.token().orElseThrow().token().reveal();
    accepted(stage.chains.handOver(ROOM, first, "client"));
    List<ChainRow> before = List.of(stage.row(wary), stage.row(family.chain()));
    for (int at = 0; at < old.length(); at++) {
      assertThat(refused(chains.handOver(ROOM, flipped(old, at, 5), "mallory")))
          .isEqualTo(Refusal.INVALID);
      assertThat(refused(chains.handOver(ROOM, flipped(first, at, 5), "client")))
          .isEqualTo(Refusal.INVALID);
    }
    assertThat(List.of(stage.row(wary), stage.row(family.chain()))).isEqualTo(before);
  }

  @Test
  void tokenOfAnotherSessionOrChain_isInvalidHere() {
    ChainKey here = stage.named("ENTRY", "door");
    ChainKey there =
        ((OpenResult.Opened)
                stage.chains.open(
                    OpenRequest.of("session-8", "ENTRY", "ann").named("door", "open-door")))
            .chain();
    assertThat(there.id()).as("the same name").isEqualTo(here.id());
    String token = stage.token(here, "ann");
    assertThat(chains.handOver("session-8", token, "bob")).isEqualTo(INVALID);
    assertThat(chains.handOver("session-9", token, "bob")).isEqualTo(INVALID);
    assertThat(chains.handOver("", token, "bob")).isEqualTo(INVALID);
    accepted(chains.handOver(ROOM, token, "bob"));
  }

  @Test
  void tokenOfAnotherType_orOfAChainReopenedUnderItsName_isInvalid() {
    ChainKey key = stage.named("ENTRY", "door");
    String token = stage.token(key, "ann");
    StoredChain stored = stage.store.find(key).orElseThrow();
    rewrite(stored, origin(stored.row(), "SCREEN", stored.row().origin().nonce()));
    assertThat(chains.handOver(ROOM, token, "bob")).isEqualTo(INVALID);
    rewrite(stage.store.find(key).orElseThrow(), origin(stored.row(), "ENTRY", "anothernonce"));
    assertThat(chains.handOver(ROOM, token, "bob")).isEqualTo(INVALID);
    rewrite(stage.store.find(key).orElseThrow(), stored.row().origin());
    accepted(chains.handOver(ROOM, token, "bob"));
  }

  @Test
  void tokenOfAnotherKey_underTheSameId_isInvalid() {
    ChainKey key = stage.open("ENTRY");
    Chains forger = stage.node(stage.store).keys(KeyRing.of(1, Stage.KEY_2)).build();
    assertThat(forger.poll(key, "ann"))
        .isInstanceOf(PollResult.Live.class)
        .satisfies(
            shown ->
                assertThat(chains.handOver(ROOM, Stage.live(shown).token().reveal(), "mallory"))
                    .isEqualTo(INVALID));
  }

  private void rewrite(StoredChain stored, ChainOrigin origin) {
    ChainRow row = stored.row();
    ChainRow other =
        new ChainRow(
            row.key(),
            origin,
            row.control(),
            row.position(),
            row.current(),
            row.previous(),
            null,
            null,
            null,
            row.challenges(),
            row.budgets());
    stage.store.replace(other, stored.version(), List.of());
  }

  private static ChainOrigin origin(ChainRow row, String type, String nonce) {
    ChainOrigin old = row.origin();
    return new ChainOrigin(
        old.kind(),
        type,
        old.policyId(),
        old.name(),
        old.createdAt(),
        old.openRequestId(),
        old.absoluteExpiresAt(),
        old.idleTimeout(),
        nonce);
  }

  private static String flipped(String token, int at, int bit) {
    int letter = LETTERS.indexOf(token.charAt(at)) ^ (1 << bit);
    return token.substring(0, at) + LETTERS.charAt(letter) + token.substring(at + 1);
  }

  /** Of every length around a token's, of its letters and of any, never of its exact form. */
  private static String garbage(Random random, int number) {
    byte[] bytes = new byte[random.nextInt(80)];
    random.nextBytes(bytes);
    if (bytes.length > 0 && number % 3 == 0) {
      bytes[0] = 1;
    }
    return number % 2 == 0
        ? Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)
        : Base64.getEncoder().encodeToString(bytes);
  }
}
