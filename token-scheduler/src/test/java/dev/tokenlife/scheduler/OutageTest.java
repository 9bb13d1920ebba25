package dev.tokenlife.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.FailureKind;
import dev.tokenlife.model.TokenUnavailableException;
import dev.tokenlife.spi.FetchRequest;
import dev.tokenlife.spi.FetchedToken;
import dev.tokenlife.spi.SourceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A whole day with a source that fails every fifth time and is down for an hour. A token of ten
 * minutes is due after five to six and a quarter and served for nine: what there is when the outage
 * begins lasts more than two minutes into it.
 */
class OutageTest {
  private static final int CHAINS = 20;
  private static final int DOWN_FROM = 12 * 60;
  private static final int DOWN_TO = 13 * 60;
  private static final int LASTS = 2;

  /** The longest backoff of 5 min, and once the guard's longest stop of 1 min. */
  private static final int RECOVERY = 6;

  private final Scene scene = new Scene(ScheduledEngine.create());
  private final List<ChainKey> keys = new ArrayList<>();
  private final Random random = new Random(4711);
  private int minute;
  private int inBlock;
  private int failing;

  OutageTest() {
    scene.source.otherwise(this::answer);
    for (int i = 0; i < CHAINS; i++) {
      keys.add(ChainKey.of("bank", "user-" + i));
    }
  }

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void callersSeeAUsableToken_wheneverOneCouldExist() {
    keys.forEach(this::tryGet);
    int missing = 0;
    for (minute = 0; minute < 24 * 60; minute++) {
      scene.advance(Duration.ofMinutes(1));
      boolean couldExist = minute < DOWN_FROM + LASTS || minute >= DOWN_TO + RECOVERY;
      for (ChainKey key : keys) {
        if (couldExist && minute > 0) {
          assertThat(scene.tokens.getIfFresh(key)).as("%s in minute %s", key, minute).isPresent();
        } else if (scene.tokens.getIfFresh(key).isEmpty()) {
          missing++;
          tryGet(key);
        }
      }
    }
    assertThat(missing).isPositive();
    assertThat(scene.armed()).isEqualTo(CHAINS);
    int refreshes = scene.figure("completed");
    assertThat(refreshes).isBetween(CHAINS * 23 * 6, CHAINS * 23 * 14);
  }

  @Test
  void chainsNobodyReads_areFreshWithinTheRecoveryTime() {
    keys.forEach(this::tryGet);
    minute = DOWN_FROM;
    scene.advance(Duration.ofHours(1));
    keys.forEach(key -> assertThat(scene.isFresh(key)).isFalse());
    scene.source.otherwise(request -> FetchedToken.of("back", Duration.ofHours(1)));
    scene.advance(Duration.ofMinutes(RECOVERY));
    keys.forEach(key -> assertThat(scene.isFresh(key)).isTrue());
  }

  private void tryGet(ChainKey key) {
    try {
      scene.tokens.get(key);
    } catch (TokenUnavailableException expected) {
      assertThat(expected.retryable()).isTrue();
    }
  }

  /** Of each five calls one fails, nobody knows which. */
  private FetchedToken answer(FetchRequest request) {
    if (inBlock == 0) {
      failing = random.nextInt(5);
    }
    boolean fails = inBlock == failing;
    inBlock = (inBlock + 1) % 5;
    if (fails || (minute >= DOWN_FROM && minute < DOWN_TO)) {
      throw new SourceException(FailureKind.TRANSIENT, "down");
    }
    return FetchedToken.of("t" + request.key().id() + request.generation(), Duration.ofMinutes(10));
  }
}
