package dev.tokenlife.issuing;

import dev.tokenlife.crypto.ChallengeCodes;
import dev.tokenlife.crypto.MissingKeyException;
import dev.tokenlife.crypto.PresentedToken;
import dev.tokenlife.execution.Executed;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainPolicy;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.ChallengeResult;
import dev.tokenlife.model.ChallengeRule;
import dev.tokenlife.model.ChallengeSlot;
import dev.tokenlife.model.HandOverResult;
import dev.tokenlife.model.Presenter;
import dev.tokenlife.model.Refusal;
import dev.tokenlife.spi.TokenEvent;
import dev.tokenlife.transition.Actor;
import dev.tokenlife.transition.Answer;
import dev.tokenlife.transition.AnswerChallenge;
import dev.tokenlife.transition.Decision;
import dev.tokenlife.transition.Evaluation;
import dev.tokenlife.transition.Presented;
import dev.tokenlife.transition.RequestChallenge;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Confirms hand-overs by a code that the holder shows and the scanner types. */
public final class Challenges {
  private final Issuer issuer;
  private final EligibilityDesk desk;
  private final HandOvers handOvers;

  /** Confirms hand-overs of this issuer. */
  public Challenges(Issuer issuer, EligibilityDesk desk, HandOvers handOvers) {
    this.issuer = issuer;
    this.desk = desk;
    this.handOvers = handOvers;
  }

  /** Gives a scanner a challenge; its code appears to the holder alone. */
  public ChallengeResult challenge(String partition, @Nullable String text, Presenter scanner) {
    Optional<PresentedToken> parsed = issuer.tokens().parse(text);
    if (parsed.isEmpty() || partition.isEmpty()) {
      return new ChallengeResult.Refused(Refusal.INVALID);
    }
    PresentedToken token = parsed.get();
    Presented presented = new Presented(token.generation(), token.seq());
    String challengeId = issuer.executor().randomId();
    String nonce = issuer.executor().randomId();
    Executed<Answer> executed =
        handOvers.asking(
            token.key(partition),
            handOvers.actor(scanner),
            asked ->
                handOvers
                    .verified(
                        token,
                        (policy, row, evaluation) ->
                            new RequestChallenge(
                                    presented,
                                    asked,
                                    desk.isOpen(),
                                    challengeId,
                                    nonce,
                                    policy,
                                    issuer.keyId())
                                .decide(row, evaluation))
                    .recognisedBy(row -> find(row, challengeId) != null));
    return given(executed, challengeId);
  }

  /** Takes a guess; a match hands the chain over although the scanned token may have rotated. */
  public HandOverResult answer(
      ChainKey key, String challengeId, @Nullable String code, Presenter scanner) {
    Actor actor = new Actor(scanner.name(), scanner.keyThumbprint(), challengeId, -1, true);
    Executed<Answer> debit =
        issuer.run(
            key,
            ruled(
                (policy, row, evaluation) ->
                    command(challengeId, actor, policy).debit(row, evaluation)));
    if (!(debit.answer() instanceof Answer.Compare compare)) {
      return handOvers.result(debit);
    }
    if (!matches(compare, challengeId, code)) {
      tellFailure(debit, compare.row());
      return new HandOverResult.Refused(Refusal.CHALLENGE_FAILED);
    }
    Executed<Answer> executed =
        handOvers.asking(
            key,
            actor,
            asked ->
                ruled(
                        (policy, row, evaluation) ->
                            command(challengeId, asked, policy)
                                .match(row, compare.slotNonce(), evaluation))
                    .recognisedBy(row -> HandOvers.tookOver(row, asked)),
            debit.stored());
    return handOvers.result(executed);
  }

  private AnswerChallenge command(String challengeId, Actor actor, ChainPolicy policy) {
    return new AnswerChallenge(challengeId, actor, desk.isOpen(), policy, issuer.keyId());
  }

  private IssuedCommand ruled(HandOvers.Ruled ruled) {
    return IssuedCommand.of(
        (@Nullable ChainRow row, Evaluation evaluation) -> {
          ChainPolicy policy = issuer.policyOf(row);
          return row == null || policy == null
              ? Decision.answer(new Answer.Refused(Refusal.NOT_FOUND))
              : ruled.decide(policy, row, evaluation);
        });
  }

  /** A code whose key was retired meanwhile can match nothing; the scanner asks for another. */
  private boolean matches(Answer.Compare compare, String challengeId, @Nullable String code) {
    ChallengeSlot slot = find(compare.row(), challengeId);
    ChainPolicy policy = issuer.policyOf(compare.row());
    ChallengeRule rule = policy == null ? null : policy.challenge();
    if (slot == null || rule == null) {
      return false;
    }
    try {
      return new ChallengeCodes(issuer.keys(), rule.digits())
          .matches(code, compare.row().key(), slot);
    } catch (MissingKeyException retired) {
      return false;
    }
  }

  private void tellFailure(Executed<Answer> debit, ChainRow row) {
    issuer.tell(TokenEvent.Type.CHALLENGE_FAILED, row.key(), debit.stored(), "a wrong code");
    if (issuer.clock().now() < row.budgets().lockedUntil()) {
      issuer.tell(TokenEvent.Type.LOCKED, row.key(), debit.stored(), "too many wrong codes");
    }
  }

  private ChallengeResult given(Executed<Answer> executed, String challengeId) {
    if (executed.answer() instanceof Answer.Done done) {
      ChallengeSlot slot = find(done.row(), challengeId);
      if (slot != null) {
        issuer.tell(TokenEvent.Type.CHALLENGE_GIVEN, done.row().key(), executed.stored(), "");
        return new ChallengeResult.Given(
            done.row().key(),
            challengeId,
            Instant.ofEpochMilli(slot.expiresAt()),
            slot.attemptsLeft());
      }
    }
    return executed.answer() instanceof Answer.Refused refused
        ? new ChallengeResult.Refused(refused.refusal())
        : new ChallengeResult.Refused(Refusal.BUSY);
  }

  private static @Nullable ChallengeSlot find(ChainRow row, String challengeId) {
    for (ChallengeSlot slot : row.challenges()) {
      if (slot.id().equals(challengeId)) {
        return slot;
      }
    }
    return null;
  }
}
