package dev.tokenlife.issuing;

import static dev.tokenlife.issuing.Stage.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.Chains;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.HandOverResult;
import dev.tokenlife.model.LiveToken;
import dev.tokenlife.model.PollResult;
import dev.tokenlife.spi.TokenSubscriber;
import dev.tokenlife.testing.Race;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;

/** Subscribers on the library's own threads, while everybody changes the chain. */
final class SubscriptionRaceTest {
  /** Trips over any call that comes while another one runs, or after the last word. */
  private static final class Strict implements TokenSubscriber {
    private final CountDownLatch over = new CountDownLatch(1);
    private final List<String> wrong = new ArrayList<>();
    private long last;
    private boolean inside;

    @Override
    public void onToken(LiveToken token) {
      enter("token");
      if (token.generation() <= last) {
        wrong.add(token.generation() + " after " + last);
      }
      last = token.generation();
      leave();
    }

    @Override
    public void onOver(PollResult reason) {
      enter("over");
      over.countDown();
      leave();
    }

    private synchronized void enter(String what) {
      if (inside) {
        wrong.add(what + " while another call runs");
      }
      if (over.getCount() == 0) {
        wrong.add(what + " after the end");
      }
      inside = true;
    }

    private synchronized void leave() {
      inside = false;
    }
  }

  @RepeatedTest(20)
  void everySubscriber_seesAscendingTokens_andOneEnd() throws InterruptedException {
    Stage stage = new Stage();
    Chains chains = stage.bare(stage.store).build();
    ChainKey key = chains.open(ROOM, "SCREEN", "ann");
    List<Strict> all = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Strict strict = new Strict();
      all.add(strict);
      chains.subscribe(key, "ann", strict);
    }
    List<Boolean> done = Race.of(6, number -> disturb(stage, chains, key, number));
    assertThat(done).containsOnly(true);
    chains.close(key, null);
    for (Strict strict : all) {
      assertThat(strict.over.await(30, TimeUnit.SECONDS)).isTrue();
    }
    chains.close();
    assertThat(all).allSatisfy(strict -> assertThat(strict.wrong).isEmpty());
    assertThat(stage.time.armedTimers()).isZero();
    Lineage.check(stage, key);
  }

  private static boolean disturb(Stage stage, Chains chains, ChainKey key, int number) {
    for (int turn = 0; turn < 30; turn++) {
      PollResult result = chains.poll(key, "" + stage.row(key).position().holder());
      if (number == 0) {
        stage.pass(Stage.TTL.dividedBy(2));
      } else if (number == 1 && turn == 20 && result instanceof PollResult.Live shown) {
        HandOverResult unused = chains.handOver(ROOM, shown.token().token().reveal(), "bob");
      } else if (number == 2 && turn % 10 == 9) {
        chains.resume(key);
      }
    }
    return true;
  }
}
