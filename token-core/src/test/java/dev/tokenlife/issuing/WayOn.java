package dev.tokenlife.issuing;

import static dev.tokenlife.issuing.Stage.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.AdminResult;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.ChainState;
import dev.tokenlife.model.ChallengeResult;
import dev.tokenlife.model.HandOverResult;
import dev.tokenlife.model.LiveToken;
import dev.tokenlife.model.OpenRequest;
import dev.tokenlife.model.PollResult;
import dev.tokenlife.model.Refusal;
import java.util.Objects;

/** Whatever happened to a chain, its holder can go on, and one that is over stays over. */
final class WayOn {
  private WayOn() {}

  static void check(Stage stage, ChainKey key) {
    if (stage.store.find(key).isEmpty()) {
      Said said =
          Said.of(
              stage.chains.open(
                  OpenRequest.of(ROOM, "ENTRY", "ann").named("another door", "later")));
      assertThat(said).isEqualTo(Said.DONE);
      return;
    }
    ChainRow row = stage.row(key);
    if (row.state().isFinal()) {
      assertThat(stage.chains.poll(key, holder(row))).isInstanceOf(PollResult.Over.class);
      assertThat(stage.chains.close(key, "again")).isEqualTo(new AdminResult.Done(true));
      return;
    }
    if (row.state() == ChainState.SUSPENDED) {
      assertThat(stage.chains.poll(key, holder(row))).isEqualTo(new PollResult.Suspended());
      assertThat(stage.chains.resume(key)).isEqualTo(new AdminResult.Done(false));
    }
    handedOn(stage, key);
  }

  /** The holder is shown a token, and somebody takes the chain with it. */
  private static void handedOn(Stage stage, ChainKey key) {
    String holder = holder(stage.row(key));
    LiveToken shown = Stage.live(stage.chains.poll(key, holder));
    String token = shown.token().reveal();
    String taker = "zoe-" + key.id();
    HandOverResult taken = stage.chains.handOver(ROOM, token, taker);
    if (taken.equals(new HandOverResult.Refused(Refusal.CHALLENGE_REQUIRED))) {
      ChallengeResult.Given given = Stage.given(stage.chains.challenge(ROOM, token, taker));
      String code = stage.code(key, holder, taker);
      taken = stage.chains.answer(key, given.challengeId(), code, taker);
    }
    LiveToken zoes = Stage.accepted(taken);
    assertThat(Stage.live(stage.chains.poll(key, taker)).token()).isEqualTo(zoes.token());
    assertThat(stage.chains.poll(key, holder)).isEqualTo(new PollResult.NotHolder());
  }

  private static String holder(ChainRow row) {
    return Objects.requireNonNull(row.position().holder());
  }
}
