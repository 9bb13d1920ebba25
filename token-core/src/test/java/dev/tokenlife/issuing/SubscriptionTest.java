package dev.tokenlife.issuing;

import static dev.tokenlife.issuing.Stage.ROOM;
import static dev.tokenlife.issuing.Stage.TTL;
import static dev.tokenlife.issuing.Stage.accepted;
import static dev.tokenlife.issuing.Stage.given;
import static dev.tokenlife.issuing.Stage.live;
import static dev.tokenlife.issuing.Stage.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.tokenlife.Chains;
import dev.tokenlife.model.AdminResult;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.LiveToken;
import dev.tokenlife.model.OpenRequest;
import dev.tokenlife.model.OpenResult;
import dev.tokenlife.model.PollResult;
import dev.tokenlife.model.Refusal;
import dev.tokenlife.testing.CountingStore;
import dev.tokenlife.testing.StoreCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What a subscriber is shown, and when it hears the last word. */
final class SubscriptionTest {
  private final Stage stage = new Stage();
  private final Chains elsewhere = stage.node(stage.store).build();
  private final Watcher watcher = new Watcher();

  @Test
  void eachGeneration_isShownOnce_inOrder_whileItLives() {
    ChainKey key = subscribed("SCREEN");
    for (int second = 0; second < 600; second++) {
      stage.pass(Duration.ofSeconds(1));
      LiveToken last = watcher.tokens.get(watcher.tokens.size() - 1);
      assertThat(live(stage.chains.poll(key, "ann")).token()).isEqualTo(last.token());
      assertThat(last.expiresAt()).isAfter(stage.time.instant());
    }
    assertThat(watcher.generations()).isEqualTo(LongStream.rangeClosed(1, 61).boxed().toList());
    assertThat(watcher.ends).isEmpty();
  }

  @Test
  void subscription_costsOneReadAtFirst_andOneWritePerRotation() {
    CountingStore counting = CountingStore.around(stage.store);
    ChainKey key = stage.open("ENTRY");
    stage.node(counting).build().subscribe(key, "ann", watcher);
    stage.pass(TTL.multipliedBy(100));
    assertThat(counting.finds()).isEqualTo(1);
    assertThat(counting.replaces()).isEqualTo(100);
    assertThat(counting.total()).isEqualTo(101);
  }

  @Test
  void handOverOfAPushedChain_isOneWrite_withoutARead() {
    CountingStore counting = CountingStore.around(stage.store);
    Chains here = stage.node(counting).build();
    ChainKey key = stage.open("ENTRY");
    here.subscribe(key, "ann", watcher);
    counting.reset();
    accepted(here.handOver(ROOM, watcher.tokens.get(0).token().reveal(), "bob"));
    assertThat(counting.total()).isEqualTo(1);
    here.subscribe(key, "bob", new Watcher());
    assertThat(counting.counts()).isEqualTo(Map.of(StoreCall.REPLACE, 1L, StoreCall.FIND, 1L));
  }

  @Test
  void rememberedRow_neverRefuses_whatTheStoresRowAllows() {
    ChainKey key = subscribed("ENTRY");
    String first = watcher.tokens.get(0).token().reveal();
    accepted(elsewhere.handOver(ROOM, first, "bob"));
    String second = live(elsewhere.poll(key, "bob")).token().reveal();
    accepted(stage.chains.handOver(ROOM, second, "carl"));
  }

  @Test
  void rememberedRow_neverAccepts_whatTheStoresRowRefuses() {
    ChainKey key = subscribed("ENTRY");
    String token = watcher.tokens.get(0).token().reveal();
    elsewhere.close(key, null);
    assertThat(refused(stage.chains.handOver(ROOM, token, "bob"))).isEqualTo(Refusal.CHAIN_CLOSED);
    ChainKey taken = stage.open("ENTRY");
    Watcher other = new Watcher();
    stage.chains.subscribe(taken, "ann", other);
    String used = other.tokens.get(0).token().reveal();
    accepted(elsewhere.handOver(ROOM, used, "rex"));
    assertThat(refused(stage.chains.handOver(ROOM, used, "bob")))
        .isEqualTo(Refusal.ALREADY_CONSUMED);
  }

  @Test
  void reuse_isCounted_asIfNobodySubscribed() {
    ChainKey key = subscribed("WARY");
    String token = watcher.tokens.get(0).token().reveal();
    accepted(elsewhere.handOver(ROOM, token, "rex"));
    assertThat(refused(stage.chains.handOver(ROOM, token, "bob")))
        .isEqualTo(Refusal.ALREADY_CONSUMED);
    assertThat(stage.row(key).budgets().reuseCount()).isEqualTo(1);
  }

  @Test
  void handOver_endsIt_withOneWord_andTheNewHolderSeesTheirs() {
    ChainKey key = subscribed("ENTRY");
    LiveToken bobs = accepted(stage.chains.handOver(ROOM, stage.token(key, "ann"), "bob"));
    assertThat(watcher.ends).containsExactly(new PollResult.NotHolder());
    Watcher bob = new Watcher();
    stage.chains.subscribe(key, "bob", bob);
    assertThat(bob.tokens).extracting(LiveToken::token).containsExactly(bobs.token());
    stage.pass(TTL.multipliedBy(3));
    assertThat(watcher.generations()).containsExactly(1L);
    assertThat(watcher.ends).hasSize(1);
    assertThat(bob.generations()).containsExactly(2L, 3L, 4L, 5L);
  }

  @Test
  void closing_revoking_suspending_orReassigning_endsIt_withOneWord() {
    List<Watcher> watchers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      ChainKey key = stage.open("ENTRY");
      Watcher each = new Watcher();
      watchers.add(each);
      stage.chains.subscribe(key, "ann", each);
      List<AdminResult> unused =
          List.of(
              i == 0 ? stage.chains.close(key, null) : new AdminResult.Done(true),
              i == 1 ? stage.chains.revoke(key, null) : new AdminResult.Done(true),
              i == 2 ? stage.chains.suspend(key) : new AdminResult.Done(true),
              i == 3 ? stage.chains.reassign(key, "bob") : new AdminResult.Done(true));
    }
    stage.pass(TTL.multipliedBy(3));
    assertThat(watchers)
        .allSatisfy(each -> assertThat(each.order).containsExactly("token", "over"));
    assertThat(watchers)
        .extracting(each -> each.ends.get(0))
        .containsExactly(
            new PollResult.Over(Refusal.CHAIN_CLOSED),
            new PollResult.Over(Refusal.REVOKED),
            new PollResult.Suspended(),
            new PollResult.NotHolder());
    assertThat(stage.time.armedTimers()).isZero();
  }

  @Test
  void whatAnotherProcessDid_isNoticedAtTheNextRotation_andNothingOfItIsShown() {
    ChainKey key = subscribed("ENTRY");
    accepted(elsewhere.handOver(ROOM, stage.token(key, "ann"), "bob"));
    stage.pass(TTL);
    assertThat(watcher.generations()).containsExactly(1L);
    assertThat(watcher.ends).containsExactly(new PollResult.NotHolder());
  }

  @Test
  void rotationByAnotherProcess_isShown_notRepeated() {
    ChainKey key = subscribed("ENTRY");
    stage.pass(TTL.minusMillis(1));
    stage.pass(Duration.ofMillis(1));
    assertThat(live(elsewhere.poll(key, "ann")).generation()).isEqualTo(2);
    stage.pass(TTL);
    assertThat(watcher.generations()).containsExactly(1L, 2L, 3L);
    assertThat(stage.row(key).generation()).isEqualTo(3);
  }

  @Test
  void ownPoll_isShownToTheSubscriberToo() {
    ChainKey key = subscribed("ENTRY");
    stage.chains.suspend(key);
    stage.chains.resume(key);
    Watcher second = new Watcher();
    stage.chains.subscribe(key, "ann", second);
    assertThat(second.generations()).containsExactly(2L);
  }

  @Test
  void strangersAndFamilies_areToldOnce_andShownNothing() {
    ChainKey key = stage.open("ENTRY");
    stage.chains.subscribe(key, "mallory", watcher);
    stage.chains.subscribe(ChainKey.of(ROOM, "nothing"), "ann", watcher);
    ChainKey family = stage.open("FAMILY");
    stage.chains.subscribe(family, "ann", watcher);
    stage.pass(TTL.multipliedBy(2));
    assertThat(watcher.tokens).isEmpty();
    assertThat(watcher.ends)
        .containsExactly(
            new PollResult.NotHolder(),
            new PollResult.Over(Refusal.NOT_FOUND),
            new PollResult.NotHolder());
  }

  @Test
  void subscriberThatThrows_isShownTheNextTokenAllTheSame() {
    watcher.throwing = true;
    ChainKey key = subscribed("ENTRY");
    stage.pass(TTL.multipliedBy(2));
    assertThat(watcher.generations()).containsExactly(1L, 2L, 3L);
    stage.chains.close(key, null);
    stage.pass(TTL);
    assertThat(watcher.ends).hasSize(1);
    assertThat(stage.time.armedTimers()).isZero();
  }

  @Test
  void endedByItsOwner_hearsNothingMore_andLeavesNoTimer() throws Exception {
    ChainKey key = stage.open("ENTRY");
    AutoCloseable subscription = stage.chains.subscribe(key, "ann", watcher);
    assertThat(stage.time.armedTimers()).isEqualTo(1);
    subscription.close();
    subscription.close();
    assertThat(stage.time.armedTimers()).isZero();
    stage.pass(TTL.multipliedBy(2));
    stage.chains.close(key, null);
    assertThat(watcher.order).containsExactly("token");
  }

  @Test
  void closingTheIssuer_endsAll_inSilence_andTakesNoNewOnes() {
    ChainKey key = subscribed("ENTRY");
    stage.chains.close();
    stage.chains.close();
    assertThat(stage.time.armedTimers()).isZero();
    stage.pass(TTL.multipliedBy(2));
    elsewhere.close(key, null);
    assertThat(watcher.order).containsExactly("token");
    assertThatIllegalStateException()
        .isThrownBy(() -> stage.chains.subscribe(key, "ann", new Watcher()))
        .withMessageContaining("closed");
  }

  @Test
  void codeOfAScanner_isShownAtOnce_andEachOtherOneToo() {
    ChainKey key = subscribed("CODED");
    String token = watcher.tokens.get(0).token().reveal();
    given(stage.chains.challenge(ROOM, token, "bob"));
    assertThat(watcher.tokens).hasSize(2);
    assertThat(watcher.tokens.get(1).codes()).hasSize(1);
    String first = watcher.tokens.get(1).codes().get(0).code().reveal();
    given(stage.chains.challenge(ROOM, token, "bob"));
    assertThat(watcher.tokens.get(watcher.tokens.size() - 1).codes())
        .singleElement()
        .satisfies(code -> assertThat(code.code().reveal()).isNotEqualTo(first))
        .satisfies(
            code -> assertThat(code.code().reveal()).isEqualTo(stage.code(key, "ann", "bob")));
    assertThat(watcher.generations()).containsOnly(1L);
  }

  @Test
  void chainThatEnds_showsItsLastToken_untilTheEnd() {
    ChainKey key =
        ((OpenResult.Opened)
                stage.chains.open(
                    OpenRequest.of(ROOM, "ENTRY", "ann")
                        .until(stage.time.instant().plusSeconds(25))))
            .chain();
    stage.chains.subscribe(key, "ann", watcher);
    stage.pass(Duration.ofSeconds(24));
    assertThat(watcher.generations()).containsExactly(1L, 2L, 3L);
    assertThat(watcher.tokens.get(2).expiresAt()).isEqualTo(stage.time.instant().plusSeconds(1));
    stage.pass(Duration.ofSeconds(1));
    assertThat(watcher.ends).containsExactly(new PollResult.Over(Refusal.CHAIN_EXPIRED));
    assertThat(stage.time.armedTimers()).isZero();
  }

  private ChainKey subscribed(String type) {
    ChainKey key = stage.open(type);
    stage.chains.subscribe(key, "ann", watcher);
    return key;
  }
}
