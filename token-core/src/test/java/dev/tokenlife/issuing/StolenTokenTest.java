package dev.tokenlife.issuing;

import static dev.tokenlife.issuing.Stage.ROOM;
import static dev.tokenlife.issuing.Stage.TTL;
import static dev.tokenlife.issuing.Stage.accepted;
import static dev.tokenlife.issuing.Stage.live;
import static dev.tokenlife.issuing.Stage.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.ChainState;
import dev.tokenlife.model.HandOverResult;
import dev.tokenlife.model.LiveToken;
import dev.tokenlife.model.OpenRequest;
import dev.tokenlife.model.OpenResult;
import dev.tokenlife.model.PollResult;
import dev.tokenlife.model.Presenter;
import dev.tokenlife.model.Refusal;
import dev.tokenlife.spi.TokenEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tokens in wrong hands: photographed, copied, kept, shared. */
final class StolenTokenTest {
  private final Stage stage = new Stage();

  @Test
  void stolenPreviousToken_afterGrace_isRefused_evenToItsActor() {
    ChainKey key = stage.open("ENTRY");
    String stolen = stage.token(key, "ann");
    accepted(stage.chains.handOver(ROOM, stolen, "bob"));
    stage.pass(Stage.ENTRY.grace().minus(Duration.ofMillis(1)));
    accepted(stage.chains.handOver(ROOM, stolen, "bob"));
    stage.pass(Duration.ofMillis(1));
    ChainRow before = stage.row(key);
    assertThat(refused(stage.chains.handOver(ROOM, stolen, "bob")))
        .isEqualTo(Refusal.ALREADY_CONSUMED);
    assertThat(stage.row(key)).isEqualTo(before);
  }

  @Test
  void stolenPreviousToken_insideGrace_byAnotherActor_isRefused() {
    ChainKey key = stage.open("ENTRY");
    String stolen = stage.token(key, "ann");
    LiveToken bobs = accepted(stage.chains.handOver(ROOM, stolen, "bob"));
    for (String thief : List.of("mallory", "ann", "")) {
      assertThat(refused(stage.chains.handOver(ROOM, stolen, thief)))
          .isEqualTo(Refusal.ALREADY_CONSUMED);
    }
    assertThat(live(stage.chains.poll(key, "bob")).token()).isEqualTo(bobs.token());
  }

  @Test
  void stolenPreviousToken_insideGrace_withAnotherKey_isRefused() {
    ChainKey key = stage.open("ENTRY");
    String stolen = stage.token(key, "ann");
    Presenter bob = new Presenter("bob", null, "bobs-key");
    accepted(stage.chains.handOver(ROOM, stolen, bob));
    for (Presenter thief : List.of(new Presenter("bob", null, "other"), Presenter.of("bob"))) {
      assertThat(refused(stage.chains.handOver(ROOM, stolen, thief)))
          .isEqualTo(Refusal.ALREADY_CONSUMED);
      assertThat(stage.chains.poll(key, thief)).isEqualTo(new PollResult.NotHolder());
    }
    accepted(stage.chains.handOver(ROOM, stolen, bob));
    assertThat(live(stage.chains.poll(key, bob)).seq()).isEqualTo(1);
  }

  @Test
  void forkThroughRepeatedGrace_isImpossible_andGraceIsCounted() {
    ChainKey key = stage.open("ENTRY");
    String token = stage.token(key, "ann");
    LiveToken only = accepted(stage.chains.handOver(ROOM, token, "bob"));
    for (int use = 0; use < Stage.ENTRY.graceUses(); use++) {
      HandOverResult again = stage.chains.handOver(ROOM, token, "bob");
      assertThat(accepted(again).token()).isEqualTo(only.token());
      assertThat(((HandOverResult.Accepted) again).repeat()).isTrue();
    }
    assertThat(refused(stage.chains.handOver(ROOM, token, "bob")))
        .isEqualTo(Refusal.ALREADY_CONSUMED);
    assertThat(stage.row(key).generation()).isEqualTo(2);
    assertThat(stage.row(key).seq()).isEqualTo(1);
  }

  @Test
  void grace_endsWhenTheSuccessorIsUsed() {
    ChainKey key = stage.open("ENTRY");
    String token = stage.token(key, "ann");
    LiveToken bobs = accepted(stage.chains.handOver(ROOM, token, "bob"));
    accepted(stage.chains.handOver(ROOM, bobs.token().reveal(), "carl"));
    assertThat(refused(stage.chains.handOver(ROOM, token, "bob")))
        .isEqualTo(Refusal.ALREADY_CONSUMED);
    ChainKey other = stage.open("SCREEN");
    String rotated = stage.token(other, "ann");
    stage.pass(Duration.ofSeconds(9));
    accepted(stage.chains.handOver(ROOM, rotated, "bob"));
    stage.pass(TTL);
    assertThat(live(stage.chains.poll(other, "bob")).generation()).isEqualTo(3);
    assertThat(refused(stage.chains.handOver(ROOM, rotated, "bob")))
        .isEqualTo(Refusal.ALREADY_CONSUMED);
  }

  @Test
  void endlessSharing_ofAPhoto_endsWithItsTime_howeverOftenTheHolderPolls() {
    ChainKey key = stage.open("SCREEN");
    String photo = stage.token(key, "ann");
    for (int second = 0; second < 12; second++) {
      stage.pass(Duration.ofSeconds(1));
      assertThat(stage.chains.poll(key, "ann")).isInstanceOf(PollResult.Live.class);
    }
    stage.pass(Duration.ofSeconds(1));
    for (int i = 0; i < 30; i++) {
      assertThat(refused(stage.chains.handOver(ROOM, photo, "s" + i)))
          .isEqualTo(Refusal.SUPERSEDED);
    }
    assertThat(stage.row(key).seq()).isZero();
  }

  @Test
  void endlessSharing_amongFriends_givesOneOfThemTheChain() {
    ChainKey key = stage.open("SCREEN");
    String photo = stage.token(key, "ann");
    int taken = 0;
    for (int i = 0; i < 30; i++) {
      taken +=
          stage.chains.handOver(ROOM, photo, "s" + i) instanceof HandOverResult.Accepted ? 1 : 0;
    }
    assertThat(taken).isEqualTo(1);
  }

  @Test
  void everyOlderToken_isRefusedForEver_andChangesNothing() {
    ChainKey key = stage.open("ENTRY");
    List<String> old = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      String holder = "" + stage.row(key).position().holder();
      String live = stage.token(key, holder);
      old.add(live);
      accepted(stage.chains.handOver(ROOM, live, "s" + i));
      old.add(stage.token(key, "s" + i));
      stage.pass(TTL);
      assertThat(stage.chains.poll(key, "s" + i)).isInstanceOf(PollResult.Live.class);
    }
    ChainRow before = stage.row(key);
    for (String token : old) {
      assertThat(refused(stage.chains.handOver(ROOM, token, "mallory")))
          .isIn(Refusal.ALREADY_CONSUMED, Refusal.SUPERSEDED);
    }
    assertThat(stage.row(key)).isEqualTo(before);
  }

  @Test
  void provenReuse_isCommitted_althoughTheCallIsRefused() {
    ChainKey key = stage.open("WARY");
    String token = stage.token(key, "ann");
    accepted(stage.chains.handOver(ROOM, token, "bob"));
    assertThat(refused(stage.chains.handOver(ROOM, token, "mallory")))
        .isEqualTo(Refusal.ALREADY_CONSUMED);
    assertThat(stage.row(key).budgets().reuseCount()).isEqualTo(1);
    assertThat(refused(stage.chains.handOver(ROOM, token, "mallory")))
        .isEqualTo(Refusal.ALREADY_CONSUMED);
    assertThat(stage.row(key).state()).isEqualTo(ChainState.SUSPENDED);
    assertThat(stage.events.events(TokenEvent.Type.REUSE_DETECTED)).hasSize(2);
    assertThat(stage.chains.poll(key, "bob")).isEqualTo(new PollResult.Suspended());
    stage.chains.resume(key);
    assertThat(stage.chains.poll(key, "bob")).isInstanceOf(PollResult.Live.class);
  }

  @Test
  void replayedRefreshToken_afterGrace_endsItsFamily() {
    OpenResult.Opened opened =
        (OpenResult.Opened) stage.chains.open(OpenRequest.of(ROOM, "FAMILY", "client"));
    String first = opened.token().orElseThrow().token().reveal();
    LiveToken second = accepted(stage.chains.handOver(ROOM, first, "client"));
    stage.pass(Stage.FAMILY.grace());
    assertThat(refused(stage.chains.handOver(ROOM, first, "client")))
        .isEqualTo(Refusal.ALREADY_CONSUMED);
    assertThat(stage.row(opened.chain()).state()).isEqualTo(ChainState.REVOKED);
    assertThat(refused(stage.chains.handOver(ROOM, second.token().reveal(), "client")))
        .isEqualTo(Refusal.REVOKED);
  }

  @Test
  void readingSomeoneElsesToken_isRefused_onEveryWay() {
    ChainKey key = stage.open("CODED");
    String token = stage.token(key, "ann");
    assertThat(stage.chains.poll(key, "mallory")).isEqualTo(new PollResult.NotHolder());
    assertThat(stage.chains.pollHolder(ROOM, "mallory")).isEmpty();
    Watcher watcher = new Watcher();
    stage.chains.subscribe(key, "mallory", watcher);
    assertThat(watcher.tokens).isEmpty();
    String views = stage.chains.find(key).orElseThrow() + " " + stage.chains.list(ROOM);
    assertThat(views).doesNotContain(token);
    assertThat(stage.row(key).toString()).doesNotContain(token);
    assertThat(stage.events.events().toString()).doesNotContain(token);
    assertThat(live(stage.chains.poll(key, "ann")).toString()).doesNotContain(token);
  }
}
