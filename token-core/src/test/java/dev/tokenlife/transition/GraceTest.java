package dev.tokenlife.transition;

import static dev.tokenlife.transition.ChainFixture.since;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.PreviousToken;
import dev.tokenlife.model.Refusal;
import dev.tokenlife.spi.Companion;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** T4 and T5: the answer of a hand-over was lost, and its actor asks again. */
class GraceTest {
  private final ChainFixture chain = ChainFixture.open(Rules.screen().build());
  private final Presented consumed = chain.token();

  @Test
  void sameActor_getsTheTokenAlreadyMinted() {
    chain.handOver(consumed, new Actor("ben", null, "request-1", -1, true));
    ChainRow before = chain.row();
    chain.assertRepeat(chain.after(1_000).handOver(consumed, "ben"));
    assertThat(chain.row().current()).isEqualTo(before.current());
    assertThat(chain.row().position()).isEqualTo(before.position());
    PreviousToken was = before.previous();
    assertThat(was).isNotNull();
    assertThat(chain.previous())
        .isEqualTo(
            new PreviousToken(
                was.generation(),
                was.seq(),
                was.keyId(),
                was.expiresAt(),
                was.supersededAt(),
                was.reason(),
                "ben",
                "request-1",
                was.graceUntil(),
                1));
    assertThat(chain.companions()).isEmpty();
    assertThat(since(chain.row().control().lastUse())).isEqualTo(1_000);
    assertThat(since(chain.row().control().lastAt())).isEqualTo(1_000);
  }

  @Test
  void grace_endsInTime_exclusive() {
    chain.handOver(consumed, "ben");
    chain.assertRefusedSilently(
        chain.at(5_000).handOver(consumed, "ben"), Refusal.ALREADY_CONSUMED);
    chain.assertRepeat(chain.at(4_999).handOver(consumed, "ben"));
  }

  @Test
  void grace_endsByCount() {
    chain.handOver(consumed, "ben");
    for (int i = 0; i < 3; i++) {
      chain.assertRepeat(chain.handOver(consumed, "ben"));
    }
    chain.assertRefusedSilently(chain.handOver(consumed, "ben"), Refusal.ALREADY_CONSUMED);
    assertThat(chain.row().generation()).isEqualTo(2);
  }

  @Test
  void grace_isForTheRecordedActorAlone() {
    chain.handOver(consumed, "ben");
    chain.assertRefusedSilently(chain.handOver(consumed, "cora"), Refusal.ALREADY_CONSUMED);
    chain.assertRefusedSilently(chain.handOver(consumed, "anna"), Refusal.ALREADY_CONSUMED);
  }

  @Test
  void grace_asksForTheSameKey() {
    chain.handOver(consumed, new Actor("ben", "key-b", null, -1, true));
    chain.assertRefusedSilently(chain.handOver(consumed, "ben"), Refusal.ALREADY_CONSUMED);
    chain.assertRefusedSilently(
        chain.handOver(consumed, new Actor("ben", "key-x", null, -1, true)),
        Refusal.ALREADY_CONSUMED);
    chain.assertRepeat(chain.handOver(consumed, new Actor("ben", "key-b", null, -1, true)));
  }

  @Test
  void grace_answersNoExpiredToken() {
    ChainFixture slow = ChainFixture.open(Rules.plain().grace(Duration.ofSeconds(60), 9).build());
    slow.handOver(consumed, "ben");
    slow.assertRepeat(slow.at(9_999).handOver(consumed, "ben"));
    slow.assertRefusedSilently(slow.at(10_000).handOver(consumed, "ben"), Refusal.ALREADY_CONSUMED);
  }

  @Test
  void rotatingTheSuccessor_endsTheGrace() {
    ChainFixture slow = ChainFixture.open(Rules.plain().grace(Duration.ofSeconds(60), 9).build());
    slow.handOver(consumed, "ben");
    slow.at(10_000).poll("ben");
    slow.assertRefusedSilently(slow.handOver(consumed, "ben"), Refusal.ALREADY_CONSUMED);
  }

  @Test
  void presentingTheSuccessor_endsTheGrace_ofTheTokenBefore() {
    chain.handOver(consumed, "ben");
    chain.handOver(chain.token(), "cora");
    chain.assertRefusedSilently(chain.handOver(consumed, "ben"), Refusal.ALREADY_CONSUMED);
  }

  @Test
  void lookingAtTheSuccessor_doesNotEndTheGrace() {
    chain.handOver(consumed, "ben");
    chain.poll("ben");
    chain.assertRepeat(chain.handOver(consumed, "ben"));
  }

  @Test
  void otherTokensOfTheOldHolder_areNotGraced() {
    chain.at(10_000).poll("anna");
    chain.handOver(consumed, "ben");
    chain.assertRefusedSilently(
        chain.handOver(new Presented(2, 0), "ben"), Refusal.ALREADY_CONSUMED);
    chain.assertRepeat(chain.handOver(consumed, "ben"));
  }

  @Test
  void reassigning_endsTheGrace() {
    chain.handOver(consumed, "ben");
    chain.reassign("cora");
    chain.assertRefusedSilently(chain.handOver(consumed, "ben"), Refusal.ALREADY_CONSUMED);
  }

  @Test
  void rotatedToken_isNotGraced_thoughItsSuccessorCameEarly() {
    chain.at(10_000).poll("anna");
    chain.assertRefusedSilently(chain.at(13_000).handOver(consumed, "ben"), Refusal.SUPERSEDED);
  }

  @Test
  void repeat_needsNoSecondEligibilityAnswer_andNoSecondFirstTime() {
    ChainFixture once = ChainFixture.open(Rules.screen().onceEach(true).build());
    once.handOver(consumed, "ben");
    once.asking().refusedFor(new Companion.HeldBefore("ben"));
    once.assertRepeat(once.handOver(consumed, "ben"));
  }

  @Test
  void repeatAfterALostRace_isStillARepeat() {
    chain.handOver(consumed, "ben");
    chain.assertRepeat(chain.raceLost().handOver(consumed, "ben"));
  }
}
