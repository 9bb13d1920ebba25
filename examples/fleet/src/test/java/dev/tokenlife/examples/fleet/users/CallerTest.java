package dev.tokenlife.examples.fleet.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.PullEngine;
import dev.tokenlife.Tokens;
import dev.tokenlife.examples.fleet.record.RunClock;
import dev.tokenlife.memory.MemoryTokenStore;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.FailureKind;
import dev.tokenlife.model.TokenUnavailableException.Reason;
import dev.tokenlife.spi.FetchedToken;
import dev.tokenlife.spi.SourceException;
import dev.tokenlife.time.VirtualTime;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallerTest {
  private static final Duration LIFETIME = Duration.ofSeconds(60);

  private final VirtualTime time = new VirtualTime();
  private final Reads reads = new Reads(RunClock.start(time));
  private final Person ann = new Person(ChainKey.of("A", "ann"), 0.5);
  private FailureKind failing = FailureKind.TRANSIENT;
  private boolean fails;
  private final Tokens tokens =
      Tokens.builder()
          .source(request -> fetch())
          .engine(PullEngine.create())
          .store(MemoryTokenStore.create())
          .time(time)
          .executor(Runnable::run)
          .build();
  private final Caller caller = new Caller(tokens, time, LIFETIME, Map.of("A", reads));

  private FetchedToken fetch() {
    if (fails) {
      throw new SourceException(failing, "down");
    }
    return FetchedToken.of("token", LIFETIME);
  }

  @AfterEach
  void close() {
    tokens.close();
  }

  @Test
  void firstRead_isCountedAsFetched_theNextAsServed() {
    caller.read(ann);
    caller.read(ann);
    assertThat(reads.fetched().count()).isEqualTo(1);
    assertThat(reads.served().count()).isEqualTo(1);
    assertThat(reads.usableWaited() + reads.usableFailed() + reads.servedDead()).isZero();
  }

  @Test
  void failureWithoutAUsableToken_isNoBrokenPromise() {
    fails = true;
    caller.read(ann);
    assertThat(reads.failed()).isEqualTo(1);
    assertThat(reads.usableFailed()).isZero();
  }

  @Test
  void failureWhileATokenMustBeGood_isABrokenPromise() {
    caller.read(ann);
    var token = tokens.get(ann.key());
    fails = true;
    tokens.invalidate(ann.key(), token);
    caller.read(ann);
    assertThat(reads.usableFailed()).isEqualTo(1);
  }

  @Test
  void tokenPastItsHardStop_isNotExpectedAnyMore() {
    caller.read(ann);
    time.advance(Duration.ofSeconds(46));
    fails = true;
    caller.read(ann);
    assertThat(reads.failed()).isEqualTo(1);
    assertThat(reads.usableFailed()).isZero();
  }

  @Test
  void grantThatWasTakenBack_isCountedApart() {
    fails = true;
    failing = FailureKind.PERMANENT;
    caller.read(ann);
    assertThat(reads.countSignedOut()).isEqualTo(1);
    assertThat(reads.failed()).isZero();
  }

  @Test
  void refusalOfTheGuard_isTimed() {
    reads.failed(Reason.GUARD_CLOSED, Duration.ofMillis(150).toNanos(), true);
    reads.failed(Reason.SOURCE_FAILED, 1, false);
    assertThat(reads.refused().count()).isEqualTo(1);
    assertThat(reads.late().between(0, 1)).isEqualTo(1);
    assertThat(reads.failed()).isEqualTo(2);
  }

  @Test
  void byNight_fewerAreAwake() {
    Day day = new Day(Duration.ofMinutes(2), Duration.ofSeconds(4));
    double noon = day.awake(Duration.ofSeconds(30));
    double midnight = day.awake(Duration.ofSeconds(90));
    assertThat(noon).isGreaterThan(0.95);
    assertThat(midnight).isLessThan(0.7);
    assertThat(new Person(ann.key(), 0.8).isAwake(noon)).isTrue();
    assertThat(new Person(ann.key(), 0.8).isAwake(midnight)).isFalse();
  }
}
