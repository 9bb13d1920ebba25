package dev.tokenlife.issuing;

import static dev.tokenlife.issuing.Stage.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.AdminResult;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.HandOverResult;
import dev.tokenlife.model.PollResult;
import dev.tokenlife.model.Refusal;
import dev.tokenlife.testing.Race;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Close, revoke and suspend against everybody else: once they returned, nothing goes on. */
final class AdminRaceTest {
  private record Seen(boolean afterTheEnd, Object result) {}

  static Stream<Arguments> ends() {
    return Stream.of(
        end("close", Refusal.CHAIN_CLOSED, (stage, key) -> stage.chains.close(key, null)),
        end("revoke", Refusal.REVOKED, (stage, key) -> stage.chains.revoke(key, null)),
        end("suspend", Refusal.SUSPENDED, AdminRaceTest::suspend),
        end("closeAll", Refusal.CHAIN_CLOSED, (stage, key) -> closeAll(stage)));
  }

  private static Arguments end(
      String name, Refusal after, BiFunction<Stage, ChainKey, Object> end) {
    return Arguments.of(name, after, end);
  }

  /** Suspending may lose too many races, unlike ending; then it is asked for again. */
  private static Object suspend(Stage stage, ChainKey key) {
    AdminResult result = stage.chains.suspend(key);
    while (result.equals(new AdminResult.Refused(Refusal.BUSY))) {
      result = stage.chains.suspend(key);
    }
    return result;
  }

  private static Object closeAll(Stage stage) {
    assertThat(stage.chains.closeAll(ROOM, null)).isEqualTo(1);
    return new AdminResult.Done(false);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ends")
  void afterItReturned_nothingIsShownOrAccepted(
      String name, Refusal after, BiFunction<Stage, ChainKey, Object> end) {
    for (int turn = 0; turn < 40; turn++) {
      Stage stage = Stage.contended();
      ChainKey key = stage.open("SCREEN");
      AtomicBoolean ended = new AtomicBoolean();
      List<List<Seen>> seen = Race.of(6, number -> act(stage, key, number, ended, end));
      assertThat(seen.stream().flatMap(List::stream).filter(Seen::afterTheEnd))
          .as("what was asked after the end")
          .isNotEmpty()
          .allSatisfy(one -> assertThat(isOver(one.result, after)).isTrue());
      Lineage.check(stage, key);
    }
  }

  private static List<Seen> act(
      Stage stage,
      ChainKey key,
      int number,
      AtomicBoolean ended,
      BiFunction<Stage, ChainKey, Object> end) {
    List<Seen> seen = new ArrayList<>();
    Consumer<Supplier<Object>> look =
        action -> {
          boolean before = ended.get();
          seen.add(new Seen(before, action.get()));
        };
    for (int turn = 0; turn < 20; turn++) {
      if (number == 0 && turn == 5) {
        assertThat(end.apply(stage, key)).isEqualTo(new AdminResult.Done(false));
        ended.set(true);
      }
      String holder = "" + stage.row(key).position().holder();
      String taker = "s" + number + "-" + turn;
      if (stage.chains.poll(key, holder) instanceof PollResult.Live live) {
        String token = live.token().token().reveal();
        look.accept(() -> stage.chains.handOver(ROOM, token, taker));
      }
      look.accept(() -> stage.chains.poll(key, "" + stage.row(key).position().holder()));
    }
    return seen;
  }

  private static boolean isOver(Object result, Refusal after) {
    return result.equals(new HandOverResult.Refused(after))
        || result.equals(new PollResult.Over(after))
        || (after == Refusal.SUSPENDED && result.equals(new PollResult.Suspended()));
  }

  @Test
  void manyClosersAtOnce_closeOnce() {
    Stage stage = Stage.contended();
    ChainKey key = stage.open("ENTRY");
    List<AdminResult> results =
        Race.of(
            32,
            number ->
                number % 2 == 0 ? stage.chains.close(key, null) : stage.chains.revoke(key, null));
    assertThat(results).containsOnlyOnce(new AdminResult.Done(false));
    assertThat(results).filteredOn(new AdminResult.Done(true)::equals).hasSize(31);
    assertThat(stage.store.of(key)).hasSize(2);
  }

  @Test
  void adminReopening_ofAClosedChain_isRefused_whoeverTries() {
    Stage stage = Stage.contended();
    for (boolean revoked : List.of(false, true)) {
      ChainKey key = stage.open("ENTRY");
      String token = stage.token(key, "ann");
      Refusal over = revoked ? Refusal.REVOKED : Refusal.CHAIN_CLOSED;
      stage.chains.reassign(key, "ann", "request-1");
      String later = stage.token(key, "ann");
      if (revoked) {
        stage.chains.revoke(key, null);
      } else {
        stage.chains.close(key, null);
      }
      assertThat(stage.chains.reassign(key, "bob")).isEqualTo(new AdminResult.Refused(over));
      assertThat(stage.chains.suspend(key)).isEqualTo(new AdminResult.Refused(over));
      assertThat(stage.chains.resume(key)).isEqualTo(new AdminResult.Refused(over));
      for (String old : List.of(token, later)) {
        assertThat(stage.chains.handOver(ROOM, old, "bob"))
            .isEqualTo(new HandOverResult.Refused(over));
      }
      assertThat(stage.chains.find(key).orElseThrow().state().isFinal()).isTrue();
    }
  }
}
