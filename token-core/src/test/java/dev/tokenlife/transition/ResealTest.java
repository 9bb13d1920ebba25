package dev.tokenlife.transition;

import static dev.tokenlife.transition.ChainFixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.crypto.KeyUse;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.ChallengeSlot;
import dev.tokenlife.model.CurrentToken;
import dev.tokenlife.model.PreviousToken;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What has ended moves to the primary key; what lives keeps its own; nobody may do more or less.
 */
final class ResealTest {
  private static final int OLD = ChainFixture.KEY_ID;
  private static final int NEW = 8;

  private final ChainFixture chain = ChainFixture.open(Rules.plain().build());

  @Test
  void liveToken_keepsItsKey_untilItsExpiry_exclusive() {
    Decision<Boolean> early = reseal(chain.row(), START + 9_999);
    assertThat(early).isEqualTo(Decision.answer(true));
    ChainRow after = written(reseal(chain.row(), START + 10_000));
    CurrentToken old = Objects.requireNonNull(chain.row().current());
    assertThat(after.current())
        .isEqualTo(
            new CurrentToken(old.generation(), old.seq(), old.issuedAt(), old.expiresAt(), NEW));
    assertThat(after.control().revision()).isEqualTo(chain.row().control().revision() + 1);
    assertThat(after.draft().current(old).control(chain.row().control()).row())
        .isEqualTo(chain.row());
    assertThat(KeyUse.namesAnother(after, NEW)).isFalse();
  }

  @Test
  void previousToken_keepsItsKey_whileItIsGraced_exclusive() {
    ChainRow row = with(previous(START + 20_000), List.of());
    assertThat(keyOfPrevious(written(reseal(row, START + 19_999)))).isEqualTo(OLD);
    assertThat(keyOfPrevious(written(reseal(row, START + 20_000)))).isEqualTo(NEW);
  }

  @Test
  void challenges_areDropped_whenTheyAreDead() {
    ChallengeSlot live = slot("ben", START + 30_001, 1);
    ChallengeSlot late = slot("carl", START + 30_000, 1);
    ChallengeSlot spent = slot("dora", START + 30_001, 0);
    ChainRow row = with(null, List.of(live, late, spent));
    assertThat(written(reseal(row, START + 30_000)).challenges()).containsExactly(live);
  }

  @Test
  void anotherRevision_andNoRow_areLeftAlone() {
    Reseal stale = new Reseal(chain.row().control().revision() + 1, NEW, null);
    Evaluation evaluation = Evaluation.first("op", START + 60_000);
    assertThat(stale.decide(chain.row(), evaluation)).isEqualTo(Decision.answer(false));
    assertThat(stale.decide(null, evaluation)).isEqualTo(Decision.answer(true));
  }

  @Test
  void rowOfAClockFarAhead_keepsItsKeys() {
    ChainRow row = with(previous(0), List.of());
    assertThat(reseal(row, START - 3_600_000)).isEqualTo(Decision.answer(true));
  }

  @Test
  void resealedChain_goesOn_asItWouldHave() {
    ChainRow row = chain.row();
    ChainRow resealed = written(reseal(row, START + 10_000));
    Poll poll = new Poll("anna", null, Rules.plain().build(), NEW);
    Evaluation later = Evaluation.first("op-2", START + 10_001);
    ChainRow one = written(poll.decide(row, later));
    ChainRow two = written(poll.decide(resealed, later));
    assertThat(two.current()).isEqualTo(one.current());
    assertThat(two.position()).isEqualTo(one.position());
  }

  private static Decision<Boolean> reseal(ChainRow row, long now) {
    return new Reseal(row.control().revision(), NEW, row.upstream())
        .decide(row, Evaluation.first("op", now));
  }

  private static ChainRow written(Decision<?> decision) {
    assertThat(decision.companions()).isEmpty();
    return Objects.requireNonNull(decision.next());
  }

  private static int keyOfPrevious(ChainRow row) {
    return Objects.requireNonNull(row.previous()).keyId();
  }

  private ChainRow with(@Nullable PreviousToken previous, List<ChallengeSlot> slots) {
    return chain.row().draft().previous(previous).challenges(slots).row();
  }

  private static PreviousToken previous(long graceUntil) {
    return new PreviousToken(
        1,
        0,
        OLD,
        START + 10_000,
        START,
        PreviousToken.Reason.HANDED_OVER,
        "ben",
        "r",
        graceUntil,
        0);
  }

  private static ChallengeSlot slot(String scanner, long expiresAt, int attempts) {
    return new ChallengeSlot("c-" + scanner, scanner, "n", OLD, 0, 1, expiresAt, attempts);
  }
}
