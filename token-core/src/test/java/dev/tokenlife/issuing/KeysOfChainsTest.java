package dev.tokenlife.issuing;

import static dev.tokenlife.issuing.Stage.ROOM;
import static dev.tokenlife.issuing.Stage.TTL;
import static dev.tokenlife.issuing.Stage.accepted;
import static dev.tokenlife.issuing.Stage.given;
import static dev.tokenlife.issuing.Stage.live;
import static dev.tokenlife.issuing.Stage.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tokenlife.Chains;
import dev.tokenlife.crypto.KeyRing;
import dev.tokenlife.crypto.KeyUse;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.Progress;
import dev.tokenlife.model.Refusal;
import dev.tokenlife.testing.ReferenceStore;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Keys that come and go while chains live. */
final class KeysOfChainsTest {
  private final Stage stage = new Stage();

  @Test
  void everyStepOfARotation_keepsEveryUnexpiredTokenGood_andChainsMoveAsTheyAdvance() {
    ChainKey key = stage.open("ENTRY");
    String first = stage.token(key, "ann");
    stage.ring.add(2, Stage.KEY_2);
    accepted(stage.chains.handOver(ROOM, first, "bob"));
    assertThat(keyOf(key)).isEqualTo(1);
    String second = stage.token(key, "bob");
    stage.ring.promote(2);
    accepted(stage.chains.handOver(ROOM, second, "carl"));
    assertThat(keyOf(key)).isEqualTo(2);
    String third = stage.token(key, "carl");
    stage.pass(TTL);
    stage.ring.retire(1, id -> false);
    assertThat(refused(stage.chains.handOver(ROOM, first, "dora"))).isEqualTo(Refusal.INVALID);
    assertThat(refused(stage.chains.handOver(ROOM, third, "dora")))
        .isEqualTo(Refusal.TOKEN_EXPIRED);
    accepted(stage.chains.handOver(ROOM, stage.token(key, "carl"), "dora"));
  }

  @Test
  void retiredKey_withATokenStillOut_refusesIt_andTheHolderGoesOnAfterItsExpiry() {
    ChainKey key = stage.open("ENTRY");
    String token = stage.token(key, "ann");
    swapKeys();
    assertThat(refused(stage.chains.handOver(ROOM, token, "bob"))).isEqualTo(Refusal.INVALID);
    stage.pass(TTL);
    accepted(stage.chains.handOver(ROOM, stage.token(key, "ann"), "bob"));
  }

  @Test
  void retiredKey_withACodeStillOut_refusesTheAnswer_andTheNextCodeIsGood() {
    ChainKey key = stage.open("CODED");
    String id = given(stage.chains.challenge(ROOM, stage.token(key, "ann"), "bob")).challengeId();
    String code = stage.code(key, "ann", "bob");
    swapKeys();
    assertThat(refused(stage.chains.answer(key, id, code, "bob")))
        .isEqualTo(Refusal.CHALLENGE_FAILED);
    stage.pass(TTL);
    assertThat(live(stage.chains.poll(key, "ann")).codes()).isEmpty();
    String next = given(stage.chains.challenge(ROOM, stage.token(key, "ann"), "bob")).challengeId();
    accepted(stage.chains.answer(key, next, stage.code(key, "ann", "bob"), "bob"));
  }

  @Test
  void keyOfALiveToken_cannotRetire_andThoseOfChainsNobodyAsksForMoveByResealing() {
    ChainKey idle = stage.open("SCREEN");
    ChainKey family = stage.open("FAMILY");
    IntPredicate named = KeyUse.in(stage.store, List.of(ROOM));
    stage.ring.add(2, Stage.KEY_2);
    stage.ring.promote(2);
    stage.pass(TTL.multipliedBy(10));
    assertThatThrownBy(() -> stage.ring.retire(1, named)).hasMessageContaining("named by stored");
    Progress first = stage.chains.reseal(List.of(ROOM), 1_000_000, progress -> {});
    assertThat(first.failed()).as("the family's token is good for days").isEqualTo(1);
    assertThat(keyOf(idle)).isEqualTo(2);
    assertThat(keyOf(family)).isEqualTo(1);
    assertThatThrownBy(() -> stage.ring.retire(1, named)).hasMessageContaining("named by stored");
    stage.pass(Duration.ofDays(30));
    assertThat(stage.chains.reseal(List.of(ROOM), 1_000_000, progress -> {}).failed()).isZero();
    stage.ring.retire(1, named);
    accepted(stage.chains.handOver(ROOM, stage.token(idle, "ann"), "bob"));
  }

  @Test
  void durableStore_withoutKeysOfItsOwn_isRefused_andToldHowToMakeThem() {
    for (@Nullable KeyRing ring : Arrays.asList(null, KeyRing.generate())) {
      var builder = Chains.builder().store(ReferenceStore.shared()).type("ENTRY", Stage.ENTRY);
      assertThatIllegalStateException()
          .isThrownBy(() -> (ring == null ? builder : builder.keys(ring)).build())
          .withMessageContaining("openssl rand -base64 32")
          .withMessageContaining("TOKENLIFE_KEYS");
    }
  }

  @Test
  void storeOfThisProcess_getsAGeneratedKey() {
    Chains chains =
        Chains.builder().store(ReferenceStore.local()).type("ENTRY", Stage.ENTRY).build();
    assertThat(chains.keys().isGenerated()).isTrue();
    ChainKey key = chains.open(ROOM, "ENTRY", "ann");
    accepted(chains.handOver(ROOM, live(chains.poll(key, "ann")).token().reveal(), "bob"));
  }

  @Test
  void builder_namesWhatIsMissing_andTheNextStep() {
    assertThatIllegalStateException()
        .isThrownBy(() -> Chains.builder().type("ENTRY", Stage.ENTRY).build())
        .withMessageContaining("MemoryTokenStore");
    assertThatIllegalStateException()
        .isThrownBy(() -> Chains.builder().store(ReferenceStore.local()).build())
        .withMessageContaining(".type(");
  }

  private void swapKeys() {
    stage.ring.add(2, Stage.KEY_2);
    stage.ring.promote(2);
    stage.ring.retire(1, id -> false);
  }

  private int keyOf(ChainKey key) {
    return Objects.requireNonNull(stage.row(key).current()).keyId();
  }
}
