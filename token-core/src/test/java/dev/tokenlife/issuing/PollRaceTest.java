package dev.tokenlife.issuing;

import static dev.tokenlife.issuing.Stage.ROOM;
import static dev.tokenlife.issuing.Stage.live;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.HandOverResult;
import dev.tokenlife.model.LiveToken;
import dev.tokenlife.model.PollResult;
import dev.tokenlife.model.Refusal;
import dev.tokenlife.spi.TokenEvent;
import dev.tokenlife.testing.Race;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Polls against polls, and polls against scans at the moment of expiry. */
final class PollRaceTest {
  private final Stage stage = Stage.contended();

  @ParameterizedTest
  @ValueSource(ints = {20, 100, 1000})
  void manyPollsOfOneExpiredToken_mintOneGeneration_andAllGetIt(int polls) {
    ChainKey key = stage.open("ENTRY");
    stage.pass(Stage.TTL);
    List<PollResult> results = Race.of(polls, number -> stage.chains.poll(key, "ann"));
    assertThat(stage.row(key).generation()).isEqualTo(2);
    LiveToken only = live(results.get(0));
    assertThat(results).allSatisfy(result -> assertThat(live(result)).isEqualTo(only));
    assertThat(only.generation()).isEqualTo(2);
    assertThat(stage.events.events(TokenEvent.Type.MINTED)).hasSize(1);
    assertThat(stage.store.of(key)).hasSize(2);
  }

  @Test
  void manyExpiriesInARow_eachMintOneGeneration() {
    ChainKey key = stage.open("SCREEN");
    for (int turn = 2; turn <= 20; turn++) {
      stage.pass(Stage.TTL);
      List<PollResult> results = Race.of(8, number -> stage.chains.poll(key, "ann"));
      assertThat(stage.row(key).generation()).isEqualTo(turn);
      assertThat(results).allSatisfy(result -> assertThat(live(result)).isEqualTo(last(results)));
    }
    Lineage.check(stage, key);
  }

  @Test
  void hundredHolders_eachGetTheirOwn() {
    List<ChainKey> keys = Race.of(100, number -> stage.chains.open(ROOM, "ENTRY", "s" + number));
    stage.pass(Stage.TTL);
    List<PollResult> results =
        Race.of(100, number -> stage.chains.poll(keys.get(number), "s" + number));
    for (int i = 0; i < 100; i++) {
      assertThat(live(results.get(i)).chain()).isEqualTo(keys.get(i));
    }
    assertThat(results.stream().map(result -> live(result).token().reveal()))
        .doesNotHaveDuplicates();
  }

  @Test
  void pollRacingScan_atTheMomentOfExpiry_neverAcceptsTheExpiredToken() {
    for (int turn = 0; turn < 50; turn++) {
      ChainKey key = stage.open("ENTRY");
      String token = stage.token(key, "ann");
      stage.pass(Stage.TTL);
      List<Object> results =
          Race.of(
              6,
              number ->
                  number % 2 == 0
                      ? stage.chains.poll(key, "ann")
                      : stage.chains.handOver(ROOM, token, "bob-" + number));
      for (int i = 1; i < 6; i += 2) {
        assertThat(results.get(i))
            .isIn(
                new HandOverResult.Refused(Refusal.TOKEN_EXPIRED),
                new HandOverResult.Refused(Refusal.SUPERSEDED));
      }
      assertThat(stage.row(key).seq()).isZero();
    }
  }

  @Test
  void pollRacingScan_insideTheOverlap_acceptsOneOfBothTokens_once() {
    for (int turn = 0; turn < 50; turn++) {
      ChainKey key = stage.open("SCREEN");
      String token = stage.token(key, "ann");
      stage.pass(Stage.TTL.plusMillis(turn * 59L));
      List<Object> results =
          Race.of(
              6,
              number ->
                  number % 2 == 0
                      ? stage.chains.poll(key, "ann")
                      : stage.chains.handOver(ROOM, token, "bob-" + number));
      long accepted = results.stream().filter(HandOverResult.Accepted.class::isInstance).count();
      assertThat(accepted).isEqualTo(1);
      assertThat(stage.row(key).seq()).isEqualTo(1);
      Lineage.check(stage, key);
    }
  }

  @Test
  void tokenAtExactlyItsExpiry_isExpired_onEveryPath() {
    ChainKey key = stage.open("ENTRY");
    String token = stage.token(key, "ann");
    stage.pass(Stage.TTL.minus(Duration.ofMillis(1)));
    assertThat(stage.token(key, "ann")).isEqualTo(token);
    stage.pass(Duration.ofMillis(1));
    assertThat(stage.chains.handOver(ROOM, token, "bob"))
        .isEqualTo(new HandOverResult.Refused(Refusal.TOKEN_EXPIRED));
    assertThat(stage.token(key, "ann")).isNotEqualTo(token);
  }

  private static LiveToken last(List<PollResult> results) {
    return live(results.get(results.size() - 1));
  }
}
