package dev.tokenlife.threats;

import java.util.List;

/** What is tried on tokens and keys themselves: on their bits, their places and their times. */
final class KeyThreats {
  private KeyThreats() {}

  static List<Threat> all() {
    return List.of(
        new Threat(
            "a token is guessed",
            "crypto.ForgedTokensTest.aHundredThousandForgeries_areRefused",
            List.of(
                new Threat.Edit(
                    "crypto.ChainTokens.verify",
                    "((Longs.get(tag, 0) ^ token.tagHigh) | (Longs.get(tag, 8) ^ token.tagLow)) == 0",
                    "((Longs.get(tag, 0) ^ token.tagHigh) & 0xFF) == 0"))),
        new Threat(
            "the database leaks: all 10^6 codes are tried on its rows",
            "issuing.DatabaseLeakTest.fullEnumerationOfAMillionCodes_findsNothingInTheRows",
            List.of(
                new Threat.Edit(
                    "issuing.Challenges.challenge",
                    "String challengeId = issuer.executor().randomId();",
                    ""),
                new Threat.Edit(
                    "issuing.Challenges.challenge",
                    "String nonce = issuer.executor().randomId();",
                    "String nonce = issuer.executor().randomId(); String challengeId = new ChallengeCodes(issuer.keys(), 6).code(issuer.keyId(), token.key(partition), token.seq(), scanner.name(), nonce);"))),
        new Threat(
            "the database leaks: tokens are minted from its rows",
            "issuing.DatabaseLeakTest.tokensMintedFromTheRows_withoutTheKey_areInvalid",
            List.of(
                new Threat.Edit(
                    "crypto.RingKey.new",
                    "chainToken = new MacKey(derive(Purpose.CHAIN_TOKEN));",
                    "chainToken = new MacKey(new byte[32]);"))),
        new Threat(
            "the database leaks: upstream tokens are read from its rows",
            "GrantsTest.noSecretOfASignIn_isInItsRow",
            List.of(
                new Threat.Edit(
                    "crypto.RingSealer.seal",
                    "return new SealedText(primary.id, sealed).text();",
                    "return secret.reveal();"))),
        new Threat(
            "a code is found by the time its comparison takes",
            "crypto.ConstantTimeTest.codes_areComparedWithoutAnEarlyEnd",
            List.of(
                new Threat.Edit(
                    "crypto.ChallengeCodes.matches",
                    "return MessageDigest.isEqual(code, given);",
                    "return java.util.Arrays.equals(code, given);"))),
        new Threat(
            "a tag is found by the time its comparison takes",
            "crypto.ConstantTimeTest.tags_areComparedAsAWhole",
            List.of(
                new Threat.Edit(
                    "crypto.ChainTokens.verify",
                    "((Longs.get(tag, 0) ^ token.tagHigh) | (Longs.get(tag, 8) ^ token.tagLow)) == 0",
                    "Longs.get(tag, 0) == token.tagHigh && Longs.get(tag, 8) == token.tagLow"))),
        new Threat(
            "a refusal tells why",
            "issuing.ForgedTokenTest.everyFlippedBit_isInvalid_afterAtMostOneRead_andWithoutAWrite",
            List.of(
                new Threat.Edit(
                    "issuing.HandOvers.verified",
                    "return Decision.answer(new Answer.Refused(Refusal.INVALID));",
                    "return Decision.answer(new Answer.Refused(row == null ? Refusal.NOT_FOUND : Refusal.INVALID));"))),
        new Threat(
            "any bit of a sealed token is flipped",
            "crypto.SealedTokensTest.everyFlippedBit_isTheSameRefusal",
            List.of(new Threat.Edit("crypto.SealedTokens.bytes", "|| bytes[0] != VERSION", ""))),
        new Threat(
            "a sealed token is opened elsewhere",
            "crypto.SealedTokensTest.otherPartitionTypeKeyOrPurpose_isTheSameRefusal",
            List.of(
                new Threat.Edit(
                    "crypto.SealedTokens.box", ".text(partition).fields(type)", ".fields(type)"))),
        new Threat(
            "a sealed token is used twice where it opens once",
            "crypto.ReplayCacheTest.token_opensOnce_forOneInsert",
            List.of(
                new Threat.Edit(
                    "crypto.SealedTokens.openFor",
                    "uses != null && !uses.firstUse(ReplayIds.of(bytes), until)",
                    "false"))),
        new Threat(
            "a token is used in another partition",
            "crypto.ChainTokensTest.otherPartitionTypeNonceOrChain_doesNotVerify",
            List.of(new Threat.Edit("crypto.ChainTokens.begin", ".text(partition)", ""))),
        new Threat(
            "... for another type",
            "crypto.ChainTokensTest.otherPartitionTypeNonceOrChain_doesNotVerify",
            List.of(new Threat.Edit("crypto.ChainTokens.begin", ".text(type)", ""))),
        new Threat(
            "... under another key of the same id",
            "issuing.ForgedTokenTest.tokenOfAnotherKey_underTheSameId_isInvalid",
            List.of(
                new Threat.Edit(
                    "crypto.RingKey.derive",
                    "Hkdf.derive(SALT, master, ",
                    "Hkdf.derive(SALT, SALT, "))),
        new Threat(
            "a key serves another purpose",
            "crypto.RingSealerTest.sameKeyForAnotherPurpose_opensNothing",
            List.of(
                new Threat.Edit(
                    "crypto.RingKey.derive",
                    "\"tokenlife 1 \" + purpose.label() + \" \" + name()",
                    "\"tokenlife 1 \" + name()"))),
        new Threat(
            "a nonce is used twice",
            "crypto.SealedTokensTest.nonces_neverRepeat",
            List.of(new Threat.Edit("crypto.AeadKey.seal", "RANDOM.nextBytes(nonce);", ""))),
        new Threat(
            "the clock steps back",
            "issuing.TwoNodesTest.clockThatStepsBack_neverBringsATokenBackToLife",
            List.of(
                new Threat.Edit(
                    "time.ProcessClock.now",
                    "long process = wall < carried - STEP_MILLIS ? carried : Math.max(wall, last.process);",
                    "long process = wall;"))),
        new Threat(
            "a retired key is used",
            "crypto.KeyRingTest.rotation_verifiesEveryTokenUntilRetirement_andNoneAfter",
            List.of(
                new Threat.Edit(
                    "crypto.RingKeys.without",
                    "list().stream().filter(key -> key.id != id).toList()",
                    "list()"))),
        new Threat(
            "a key retires that rows still need",
            "reseal.ResealTest.afterIt_theOldKeyRetires_andEverySecretOpensWithTheNewOneAlone",
            List.of(
                new Threat.Edit(
                    "crypto.KeyRing.retire", "    refuseNamed(keyId, rowsNaming);\n", ""))),
        new Threat(
            "a durable store runs with a default key",
            "issuing.KeysOfChainsTest.durableStore_withoutKeysOfItsOwn_isRefused_andToldHowToMakeThem",
            List.of(
                new Threat.Edit(
                    "ChainsBuilder.keysFor",
                    "if (given == null || (given.isGenerated() && !store.processLocal())) {",
                    "if (given == null) { return KeyRing.generate(); } if (false) {"))),
        new Threat(
            "a key is weak or well known",
            "crypto.WeakKeyTest.weakKey_isRefused_withItsIdAndTheWayOut_andNotShown",
            List.of(
                new Threat.Edit(
                    "crypto.KeyStrength.flaw", "return pattern(key);", "return null;"))),
        new Threat(
            "the store is restored from an old backup",
            "issuing.RestoredBackupTest.restoredRowsWithNewNonces_acceptNoTokenFromBeforeTheRestore",
            List.of(
                new Threat.Edit("crypto.ChainTokens.mint", ".text(origin.nonce())", ""),
                new Threat.Edit("crypto.ChainTokens.verify", ".text(nonce)", ""))),
        new Threat(
            "a secret reaches a log",
            "issuing.SecretsCanaryTest.noSecret_isInAnyLogEventExceptionTextOrRow",
            List.of(
                new Threat.Edit(
                    "model.Secret.toString", "return \"Secret[redacted]\";", "return value;"))),
        new Threat(
            "10^5 garbage tokens flood the store",
            "issuing.ForgedTokenTest.floodOf100000GarbageTokens_makesNoStoreCall",
            List.of(
                new Threat.Edit(
                    "crypto.ChainTokens.parse",
                    " || ring.find(Longs.getInt(bytes, 1)) == null",
                    ""))));
  }
}
