package dev.tokenlife.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.AccessToken;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.ChainState;
import dev.tokenlife.model.Failure;
import dev.tokenlife.model.FailureKind;
import dev.tokenlife.testing.Node;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/**
 * What must be true once everything works again: every chain is fresh on every process or in a
 * defined failure (I14, I27), nothing is half done, nobody waits, and a sign-in helps always.
 */
final class Aftermath {
  /** A failure for good is probed after an hour at the latest, and everything else sooner. */
  private static final Duration RECOVERY = Duration.ofMinutes(150);

  private final World world;
  private final List<Asked> asked;
  private final SplittableRandom random;

  Aftermath(World world, List<Asked> asked, SplittableRandom random) {
    this.world = world;
    this.asked = asked;
    this.random = random;
  }

  void judge() {
    heal();
    recover();
    for (Asked one : asked) {
      assertThat(one.answer().isDone() || world.wasKilled(one.node()))
          .as("%s was answered", one)
          .isTrue();
    }
    for (ChainKey key : World.KEYS) {
      settled(key);
    }
    world.judge.verdict();
    world.judge.nothingWasDropped();
    for (ChainKey key : World.KEYS) {
      signInHelps(key);
    }
    world.judge.verdict();
  }

  private void heal() {
    world.note("everything works again");
    world.calm();
    world.provider.behave();
    for (Node node : List.copyOf(world.nodes)) {
      node.store().heal();
      var unused = node.store().releaseDelayed();
      node.time().resume();
    }
    world.bury();
  }

  /** With readers now and then, who are content with any answer. */
  private void recover() {
    for (Node node : world.nodes) {
      World.KEYS.forEach(node.tokens()::watch);
    }
    for (long minute = 0; minute < RECOVERY.toMinutes(); minute += minute < 10 ? 1 : 5) {
      world.pass(Duration.ofMinutes(minute < 10 ? 1 : 5));
      Node node = world.nodes.get(random.nextInt(world.nodes.size()));
      ChainKey key = World.KEYS.get(random.nextInt(World.KEYS.size()));
      CompletableFuture<AccessToken> unused = node.tokens().getAsync(key);
    }
  }

  private void settled(ChainKey key) {
    ChainRow row = world.row(key);
    if (row.state() != ChainState.ACTIVE) {
      return;
    }
    Failure failure = row.failure();
    if (failure != null && failure.kind() == FailureKind.PERMANENT) {
      assertThat(failure.generation()).as("I28: failure of %s", row).isEqualTo(row.generation());
      return;
    }
    for (Node node : world.nodes) {
      CompletableFuture<AccessToken> answer = node.tokens().getAsync(key);
      world.pass(Duration.ofSeconds(1));
      assertThat(answer)
          .as("I27: %s is fresh on %s, whose status is %s", row, node, node.tokens().status(key))
          .isCompleted();
    }
    assertThat(world.row(key).claim()).as("nobody calls for %s any more", key).isNull();
  }

  private void signInHelps(ChainKey key) {
    Node node = world.nodes.get(random.nextInt(world.nodes.size()));
    boolean adopted = node.tokens().adopt(key, "the last", world.provider.signIn());
    assertThat(adopted).isTrue();
    CompletableFuture<AccessToken> answer = node.tokens().getAsync(key);
    world.work();
    assertThat(answer).as("I14: a sign-in helps always").isCompleted();
    assertThat(node.tokens().status()).as("attempts under way").containsEntry("running", 0);
  }
}
