package dev.tokenlife.issuing;

import static dev.tokenlife.issuing.Stage.ROOM;
import static dev.tokenlife.issuing.Stage.TTL;
import static dev.tokenlife.issuing.Stage.accepted;
import static dev.tokenlife.issuing.Stage.live;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.Chains;
import dev.tokenlife.crypto.KeyRing;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainPolicy;
import dev.tokenlife.model.PollResult;
import dev.tokenlife.model.Refusal;
import dev.tokenlife.spi.TokenEvent;
import dev.tokenlife.testing.FaultyStore;
import dev.tokenlife.testing.ForbiddenExecutor;
import dev.tokenlife.testing.StoreFault;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Subscriptions while something else is broken. */
final class SubscriptionTroubleTest {
  private final Stage stage = new Stage();
  private final Watcher watcher = new Watcher();

  @ParameterizedTest
  @EnumSource(names = {"UNAVAILABLE", "THROTTLED", "REQUEST_LOST", "ANSWER_LOST"})
  void storeThatIsDownForAWhile_delaysTokens_andLosesNone(StoreFault fault) {
    FaultyStore faulty = FaultyStore.around(stage.store);
    ChainKey key = stage.open("ENTRY");
    stage.node(faulty).build().subscribe(key, "ann", watcher);
    stage.pass(TTL);
    faulty.breakRandomly(1, 1.0, fault);
    stage.pass(TTL.multipliedBy(6));
    faulty.heal();
    stage.pass(Duration.ofSeconds(2));
    assertThat(live(stage.chains.poll(key, "ann")).generation())
        .isEqualTo(watcher.generations().get(watcher.generations().size() - 1));
    stage.pass(TTL.multipliedBy(3));
    assertThat(watcher.generations()).isSorted().doesNotHaveDuplicates().hasSizeGreaterThan(5);
    assertThat(watcher.ends).isEmpty();
    Lineage.check(stage, key);
  }

  @Test
  void storeThatIsDownAtFirst_isAskedAgain() {
    FaultyStore faulty = FaultyStore.around(stage.store);
    ChainKey key = stage.open("ENTRY");
    faulty.breakCall(1, StoreFault.UNAVAILABLE).breakCall(2, StoreFault.UNAVAILABLE);
    stage.node(faulty).build().subscribe(key, "ann", watcher);
    assertThat(watcher.order).isEmpty();
    stage.pass(Duration.ofSeconds(2));
    assertThat(watcher.generations()).containsExactly(1L);
  }

  @Test
  void everyLostAnswer_isSurvived_withoutATokenShownTwice() {
    for (int call = 1; call <= 12; call++) {
      Stage fresh = new Stage();
      Watcher each = new Watcher();
      FaultyStore faulty = FaultyStore.around(fresh.store);
      ChainKey key = fresh.open("ENTRY");
      faulty.breakCall(call, StoreFault.ANSWER_LOST);
      fresh.node(faulty).build().subscribe(key, "ann", each);
      fresh.pass(TTL.multipliedBy(8).plusSeconds(5));
      assertThat(each.generations())
          .isEqualTo(LongStream.rangeClosed(1, each.tokens.size()).boxed().toList())
          .hasSizeGreaterThanOrEqualTo(9);
      Lineage.check(fresh, key);
    }
  }

  @Test
  void keyThatThisProcessDoesNotHaveYet_delaysTheToken_andDoesNotEndTheSubscription() {
    KeyRing late = KeyRing.of(1, Stage.KEY_1);
    Chains behind = stage.node(stage.store).keys(late).build();
    ChainKey key = stage.open("ENTRY");
    behind.subscribe(key, "ann", watcher);
    stage.ring.add(2, Stage.KEY_2);
    stage.ring.promote(2);
    stage.pass(TTL.dividedBy(2));
    stage.chains.suspend(key);
    stage.chains.resume(key);
    stage.pass(TTL.dividedBy(2));
    assertThat(watcher.generations()).containsExactly(1L);
    assertThat(Objects.requireNonNull(stage.row(key).current()).keyId()).isEqualTo(2);
    late.add(2, Stage.KEY_2);
    stage.pass(Duration.ofSeconds(1));
    assertThat(watcher.generations()).containsExactly(1L, 2L);
    stage.pass(TTL);
    assertThat(watcher.generations()).endsWith(3L);
  }

  @Test
  void executorThatIsFullForAWhile_delaysTokens_andLosesNone() {
    AtomicBoolean full = new AtomicBoolean();
    Chains crowded =
        stage
            .node(stage.store)
            .executor(
                task -> {
                  if (full.get()) {
                    throw new RejectedExecutionException("full");
                  }
                  task.run();
                })
            .build();
    ChainKey key = stage.open("ENTRY");
    crowded.subscribe(key, "ann", watcher);
    full.set(true);
    stage.pass(TTL.plusSeconds(3));
    assertThat(watcher.generations()).containsExactly(1L);
    full.set(false);
    stage.pass(Duration.ofSeconds(1));
    assertThat(watcher.generations()).containsExactly(1L, 2L);
  }

  @Test
  void executorThatThrows_harmsNobodyWhoChangesTheChain() {
    AtomicReference<ForbiddenExecutor> forbidden = new AtomicReference<>();
    Chains broken =
        stage
            .node(stage.store)
            .executor(
                task -> {
                  ForbiddenExecutor now = forbidden.get();
                  if (now == null) {
                    task.run();
                  } else {
                    now.execute(task);
                  }
                })
            .build();
    ChainKey key = broken.open(ROOM, "ENTRY", "ann");
    broken.subscribe(key, "ann", watcher);
    String token = live(broken.poll(key, "ann")).token().reveal();
    forbidden.set(new ForbiddenExecutor());
    accepted(broken.handOver(ROOM, token, "bob"));
    assertThat(broken.close(key, null)).isNotNull();
  }

  @Test
  void chainClosedWhileItsNextTokenIsOnTheWay_isNotShownAnyMore() {
    AtomicReference<Chains> desk = new AtomicReference<>();
    Chains chains =
        stage
            .node(stage.store)
            .listener(
                event -> {
                  if (event.type() == TokenEvent.Type.MINTED) {
                    Objects.requireNonNull(desk.get()).close(event.key(), null);
                  }
                })
            .build();
    desk.set(chains);
    chains.subscribe(chains.open(ROOM, "ENTRY", "ann"), "ann", watcher);
    stage.pass(TTL);
    assertThat(watcher.generations()).containsExactly(1L);
    assertThat(watcher.ends).containsExactly(new PollResult.Over(Refusal.CHAIN_CLOSED));
  }

  @Test
  void processThatSleptLong_readsAgain_beforeItSaysThatAChainIsOver() {
    Duration idle = Duration.ofMinutes(1);
    ChainPolicy policy = ChainPolicy.builder("idle", TTL).idleTimeout(idle).build();
    Queue<Runnable> asleep = new ArrayDeque<>();
    Chains sleepy = stage.node(stage.store).type("IDLE", policy).executor(asleep::add).build();
    Chains awake = stage.node(stage.store).type("IDLE", policy).build();
    ChainKey key = awake.open(ROOM, "IDLE", "ann");
    sleepy.subscribe(key, "ann", watcher);
    drain(asleep);
    for (int i = 0; i < 12; i++) {
      stage.pass(TTL);
      assertThat(awake.poll(key, "ann")).isInstanceOf(PollResult.Live.class);
    }
    drain(asleep);
    assertThat(watcher.ends).isEmpty();
    assertThat(watcher.generations()).containsExactly(1L, 13L);
    stage.pass(idle);
    drain(asleep);
    assertThat(watcher.ends).containsExactly(new PollResult.Over(Refusal.CHAIN_EXPIRED));
  }

  @Test
  void suspendedAndResumedElsewhere_isReadAgain_beforeItIsOver() {
    Queue<Runnable> asleep = new ArrayDeque<>();
    Chains sleepy = stage.node(stage.store).executor(asleep::add).build();
    ChainKey key = stage.open("ENTRY");
    sleepy.subscribe(key, "ann", watcher);
    drain(asleep);
    sleepy.suspend(key);
    stage.chains.resume(key);
    drain(asleep);
    assertThat(watcher.ends).isEmpty();
    assertThat(watcher.generations()).containsExactly(1L, 2L);
  }

  private static void drain(Queue<Runnable> tasks) {
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
  }
}
