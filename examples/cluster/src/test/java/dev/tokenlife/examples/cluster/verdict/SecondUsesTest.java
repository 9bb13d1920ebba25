package dev.tokenlife.examples.cluster.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.examples.cluster.member.Lifeline;
import dev.tokenlife.examples.cluster.member.Lives;
import dev.tokenlife.examples.cluster.member.StoreTrouble;
import dev.tokenlife.examples.cluster.server.Use;
import dev.tokenlife.examples.cluster.server.Uses;
import dev.tokenlife.examples.cluster.verdict.SecondUses.Cause;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SecondUsesTest {
  private static final long SECOND = 1_000_000_000L;

  private final Uses uses = new Uses();
  private final StoreTrouble trouble = new StoreTrouble();
  private final Map<String, Lifeline> running =
      new HashMap<>(Map.of("a", new Lifeline(0), "b", new Lifeline(0)));
  private final Map<String, Lifeline> storing =
      new HashMap<>(Map.of("a", new Lifeline(0), "b", new Lifeline(0)));

  @Test
  void anAnswerToALivingProcess_isAPromise() {
    uses.again(uses.first("a", SECOND, 2 * SECOND), "b", 60 * SECOND);
    assertThat(cause()).isEqualTo(Cause.BROKEN_PROMISE);
  }

  @Test
  void whoLivedLongEnoughToStore_hasNoExcuse_fromBeingKilledLater() {
    Use first = uses.first("a", SECOND, 2 * SECOND);
    stands("a", 6 * SECOND);
    uses.again(first, "b", 60 * SECOND);
    assertThat(cause()).isEqualTo(Cause.BROKEN_PROMISE);
  }

  @Test
  void whoDiedBeforeItCouldStore_isExcused() {
    Use first = uses.first("a", SECOND, 2 * SECOND);
    stands("a", 3 * SECOND);
    uses.again(first, "b", 60 * SECOND);
    assertThat(cause()).isEqualTo(Cause.NOT_STORABLE);
  }

  @Test
  void whoWasCutOffFromTheStore_isExcused() {
    Use first = uses.first("a", SECOND, 2 * SECOND);
    line(storing, "a").change(2 * SECOND, false);
    uses.again(first, "b", 60 * SECOND);
    assertThat(cause()).isEqualTo(Cause.NOT_STORABLE);
  }

  @Test
  void whoDiedBeforeTheAnswer_wasNotAnswered() {
    Use first = uses.first("a", SECOND, 0);
    stands("a", 2 * SECOND);
    uses.again(first, "b", 60 * SECOND);
    assertThat(cause()).isEqualTo(Cause.UNANSWERED);
  }

  @Test
  void whoWakesUpJustBeforeItsRequest_isTheOtherWindow() {
    stands("b", SECOND);
    Use first = uses.first("a", 40 * SECOND, 41 * SECOND);
    wakes("b", 60 * SECOND);
    uses.again(first, "b", 61 * SECOND);
    assertThat(cause()).isEqualTo(Cause.LATE_REQUEST);
  }

  @Test
  void whoWokeUpLongAgo_hasNoExcuse() {
    stands("b", SECOND);
    wakes("b", 30 * SECOND);
    uses.again(uses.first("a", 40 * SECOND, 41 * SECOND), "b", 61 * SECOND);
    assertThat(cause()).isEqualTo(Cause.BROKEN_PROMISE);
  }

  @Test
  void whoStoodStillWhenTheAnswerCame_isCountedApart_evenIfItWentOn() {
    Use first = uses.first("a", SECOND, 2 * SECOND);
    stands("a", SECOND);
    wakes("a", 30 * SECOND);
    uses.again(first, "b", 60 * SECOND);
    assertThat(cause()).isEqualTo(Cause.ASLEEP);
  }

  @Test
  void whoStoodStillLaterThanThat_hasNoExcuse() {
    Use first = uses.first("a", SECOND, 2 * SECOND);
    stands("a", 6 * SECOND);
    wakes("a", 30 * SECOND);
    uses.again(first, "b", 60 * SECOND);
    assertThat(cause()).isEqualTo(Cause.BROKEN_PROMISE);
  }

  @Test
  void whoDiedDuringASlowCallOfTheStore_isExcused_forTheLengthOfSuchACall() {
    Use first = uses.first("a", SECOND, 2 * SECOND);
    trouble.said(Set.of("g-00001"), 0, 8 * SECOND);
    stands("a", 9 * SECOND);
    uses.again(first, "b", 60 * SECOND);
    assertThat(cause()).isEqualTo(Cause.NOT_STORABLE);
  }

  @Test
  void whoHeldAResultForLongerThanACallOfTheStore_hasNoExcuse() {
    Use first = uses.first("a", SECOND, 2 * SECOND);
    trouble.said(Set.of("g-00001"), 0, 8 * SECOND);
    stands("a", 13 * SECOND);
    uses.again(first, "b", 60 * SECOND);
    assertThat(cause()).isEqualTo(Cause.BROKEN_PROMISE);
  }

  @Test
  void whomTheStoreFailed_isExcused_ifItStillHeldTheResult() {
    Use first = uses.first("a", SECOND, 2 * SECOND);
    uses.again(first, "b", 60 * SECOND);
    trouble.said(Set.of("g-00002"), 5, 30 * SECOND);
    assertThat(cause()).as("it held another grant's").isEqualTo(Cause.BROKEN_PROMISE);
    trouble.said(Set.of("g-00001"), 5, 31 * SECOND);
    assertThat(cause()).isEqualTo(Cause.NOT_TAKEN);
  }

  @Test
  void whoHeldAResult_whileTheStoreFailedNothing_hasNoExcuse() {
    Use first = uses.first("a", SECOND, 2 * SECOND);
    trouble.said(Set.of(), 5, SECOND);
    trouble.said(Set.of("g-00001"), 5, 30 * SECOND);
    uses.again(first, "b", 60 * SECOND);
    assertThat(cause()).isEqualTo(Cause.BROKEN_PROMISE);
  }

  private void stands(String node, long nanos) {
    line(running, node).change(nanos, false);
    line(storing, node).change(nanos, false);
  }

  private void wakes(String node, long nanos) {
    line(running, node).change(nanos, true);
    line(storing, node).change(nanos, true);
  }

  private Cause cause() {
    SecondUses judged = new SecondUses(new Known(running, storing, trouble), uses.ledger());
    for (Cause cause : Cause.values()) {
      if (!judged.of(cause).isEmpty()) {
        return cause;
      }
    }
    throw new AssertionError("no second use was seen");
  }

  private static Lifeline line(Map<String, Lifeline> lines, String node) {
    return Optional.ofNullable(lines.get(node)).orElseThrow();
  }

  private record Known(Map<String, Lifeline> runs, Map<String, Lifeline> stores, StoreTrouble ofA)
      implements Lives {
    @Override
    public Optional<Lifeline> running(String node) {
      return Optional.ofNullable(runs.get(node));
    }

    @Override
    public Optional<Lifeline> storing(String node) {
      return Optional.ofNullable(stores.get(node));
    }

    @Override
    public Optional<StoreTrouble> trouble(String node) {
      return node.equals("a") ? Optional.of(ofA) : Optional.empty();
    }
  }
}
