package dev.tokenlife.threats;

import java.util.List;

/** What is tried on chains: on their tokens, their holders and their store. */
final class ChainThreats {
  private ChainThreats() {}

  static List<Threat> all() {
    return List.of(
        new Threat(
            "two people scan one code at once",
            "issuing.HandOverRaceTest.doubleScan_betweenTheOthersReadAndWrite_hasOneWinner",
            List.of(
                new Threat.Edit(
                    "execution.ChainExecutor.write",
                    "store.replace(next, base.version(), decision.companions())",
                    "store.replace(next, store.find(key).orElseThrow().version(), java.util.List.of())"))),
        new Threat(
            "a scan races a poll at the moment of expiry",
            "issuing.PollRaceTest.pollRacingScan_atTheMomentOfExpiry_neverAcceptsTheExpiredToken",
            List.of(
                new Threat.Edit(
                    "transition.Acceptance.of",
                    "return moment.now() < current.expiresAt()",
                    "return moment.now() <= current.expiresAt()"))),
        new Threat(
            "a poll or a scan races close, revoke or suspend",
            "issuing.AdminRaceTest.afterItReturned_nothingIsShownOrAccepted",
            List.of(
                new Threat.Edit(
                    "transition.Standing.refusal", "return stateRefusal(row);", "return null;"))),
        new Threat(
            "a process crashes between any two steps",
            "issuing.CrashTest.brokenAtAnyCall_theAnswerIsTrue_andTheHolderHasAWayOn",
            List.of(
                new Threat.Edit(
                    "execution.ChainExecutor.write",
                    "store.replace(next, base.version(), decision.companions())",
                    "(store.delete(key, base.version()) ? store.insert(next, decision.companions()) : new WriteResult.Lost(store.find(key)))"))),
        new Threat(
            "the store's answer is lost after the commit",
            "issuing.IntrusionTest.intrudedWhileAnAnswerIsLost_nothingIsRefusedThatHappened",
            List.of(
                new Threat.Edit(
                    "execution.Attempts.answered",
                    "if (unknown && command.refuses(decision.answer())) {",
                    "if (false) {"),
                new Threat.Edit(
                    "execution.Attempts.settled",
                    "if (unknown && !command.persistent()",
                    "if (false && !command.persistent()"))),
        new Threat(
            "the previous token is stolen and used after the grace",
            "issuing.StolenTokenTest.stolenPreviousToken_afterGrace_isRefused_evenToItsActor",
            List.of(
                new Threat.Edit(
                    "transition.Repeat.decide", "&& moment.now() < previous.graceUntil()", ""))),
        new Threat(
            "... inside the grace, by another actor",
            "issuing.StolenTokenTest.stolenPreviousToken_insideGrace_byAnotherActor_isRefused",
            List.of(
                new Threat.Edit(
                    "transition.Repeat.decide", "actor.name().equals(previous.actor())", "true"))),
        new Threat(
            "... inside the grace, with another key",
            "issuing.StolenTokenTest.stolenPreviousToken_insideGrace_withAnotherKey_isRefused",
            List.of(
                new Threat.Edit(
                    "transition.Repeat.decide", "&& Keys.match(row, actor.key())", ""))),
        new Threat(
            "a chain is forked by repeating inside the grace",
            "issuing.StolenTokenTest.forkThroughRepeatedGrace_isImpossible_andGraceIsCounted",
            List.of(
                new Threat.Edit(
                    "transition.Repeat.decide",
                    "&& previous.graceUses() < policy.graceUses()",
                    ""))),
        new Threat(
            "a photo of a code is shared without end",
            "issuing.StolenTokenTest.endlessSharing_ofAPhoto_endsWithItsTime_howeverOftenTheHolderPolls",
            List.of(
                new Threat.Edit(
                    "transition.Acceptance.of", "&& moment.now() < previous.graceUntil()", ""),
                new Threat.Edit(
                    "transition.Acceptance.of", "&& moment.now() < previous.expiresAt()", ""))),
        new Threat(
            "a refresh token is replayed after its grace",
            "issuing.StolenTokenTest.replayedRefreshToken_afterGrace_endsItsFamily",
            List.of(
                new Threat.Edit("transition.Reuse.decide", "!evaluation.first() ||", "true ||"))),
        new Threat(
            "the loser of an honest race is taken for a thief",
            "transition.ReuseTest.loserOfARace_isNoThief",
            List.of(new Threat.Edit("transition.Reuse.decide", "!evaluation.first() ||", ""))),
        new Threat(
            "forged old tokens log somebody out",
            "issuing.ForgedTokenTest.forcedLogout_byForgedOldTokens_isImpossible",
            List.of(
                new Threat.Edit(
                    "issuing.HandOvers.verified", "|| !issuer.tokens().verify(token, row)", ""))),
        new Threat(
            "somebody reads another's live token",
            "issuing.StolenTokenTest.readingSomeoneElsesToken_isRefused_onEveryWay",
            List.of(
                new Threat.Edit(
                    "transition.Poll.decide", "!actor.equals(row.position().holder()) || ", ""))),
        new Threat(
            "one person takes many codes of a session",
            "issuing.HandOverRaceTest.onceEach_holdsWhenOnePersonScansManyChainsAtOnce",
            List.of(
                new Threat.Edit(
                    "transition.Companions.rememberHolder",
                    "if (policy.onceEach()) {",
                    "if (false) {"))),
        new Threat(
            "a challenge is guessed by 64 parallel tries",
            "issuing.GuessingTest.challengeGuessedBy64ParallelTries_comparesNoMoreThanItsAttempts",
            List.of(
                new Threat.Edit(
                    "transition.AnswerChallenge.oneAttemptLess",
                    "slot.attemptsLeft() - 1",
                    "slot.attemptsLeft()"))),
        new Threat(
            "challenges are guessed one after the other",
            "issuing.GuessingTest.failedGuesses_surviveNewChallengesAndARestart_untilTheChainLocks",
            List.of(
                new Threat.Edit(
                    "transition.AnswerChallenge.debit",
                    "counted.failedChallenges() >= rule.lockAfter()",
                    "false"))),
        new Threat(
            "one scanner takes all slots of a chain",
            "issuing.GuessingTest.slotSquatting_byOneScanner_takesOneSlot_andNobodyElses",
            List.of(
                new Threat.Edit(
                    "transition.RequestChallenge.liveSlotsOfOthers",
                    " && !slot.scanner().equals(actor.name())",
                    ""))),
        new Threat(
            "the eligibility callback fails",
            "issuing.EligibilityTest.failingEligibilityCallback_failsClosed_andChangesNothing",
            List.of(
                new Threat.Edit("issuing.EligibilityDesk.no", "return false;", "return true;"))),
        new Threat(
            "an effect comes before its hand-over",
            "issuing.EffectTest.effectBeforeConsumption_isImpossible_forARefusedScanLeavesNone",
            List.of(
                new Threat.Edit(
                    "transition.HandOver.sameSeq",
                    "if (policy.challenge() != null) {",
                    "if (false) {"))),
        new Threat(
            "a hand-over happens without its effect",
            "issuing.EffectTest.handOver_leavesOneEffect_thatSaysWhoGaveItToWhomAndWhen",
            List.of(
                new Threat.Edit(
                    "execution.ChainExecutor.write",
                    "store.replace(next, base.version(), decision.companions())",
                    "store.replace(next, base.version(), java.util.List.of())"))),
        new Threat(
            "an effect is acknowledged before it was applied",
            "issuing.EffectTest.consumerThatFails_keepsItsEffect_andHoldsUpNoOther",
            List.of(new Threat.Edit("spi.Delivery.deliver", "      return;\n", ""))),
        new Threat(
            "an administrator reopens what is over",
            "issuing.AdminRaceTest.adminReopening_ofAClosedChain_isRefused_whoeverTries",
            List.of(
                new Threat.Edit(
                    "transition.Administer.administrable",
                    "return refusal == Refusal.SUSPENDED ? null : refusal;",
                    "return null;"))),
        new Threat(
            "a sign-in repeated late reopens a closed grant",
            "transition.AdoptTest.signInRepeatedLate_doesNotOpenAChainThatWasEnded",
            List.of(
                new Threat.Edit(
                    "model.Upstream.ended", "return grantId.isEmpty()", "return true"))),
        new Threat(
            "a remembered row refuses what the store allows",
            "issuing.SubscriptionTest.rememberedRow_neverRefuses_whatTheStoresRowAllows",
            List.of(
                new Threat.Edit(
                    "issuing.HandOvers.handOver",
                    "if (known != null && decidedFrom(known, executed)) {",
                    "if (false) {"))));
  }
}
