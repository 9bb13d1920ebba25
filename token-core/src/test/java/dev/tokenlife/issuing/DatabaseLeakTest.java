package dev.tokenlife.issuing;

import static dev.tokenlife.issuing.Stage.ROOM;
import static dev.tokenlife.issuing.Stage.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.Chains;
import dev.tokenlife.crypto.KeyRing;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.ChallengeSlot;
import dev.tokenlife.model.HandOverResult;
import dev.tokenlife.model.PollResult;
import dev.tokenlife.model.Refusal;
import dev.tokenlife.model.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Somebody copied the whole table. They have every row, and no key. */
final class DatabaseLeakTest {
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_-]{6,}");

  private final Stage stage = new Stage();
  private final ChainKey key = stage.open("CODED");

  @Test
  void fullEnumerationOfAMillionCodes_findsNothingInTheRows() throws GeneralSecurityException {
    String id = given(stage.chains.challenge(ROOM, stage.token(key, "ann"), "bob")).challengeId();
    ChainRow row = stage.row(key);
    ChallengeSlot slot = row.challenges().get(0);
    assertThat(slot.id()).isEqualTo(id);
    Set<String> leaked = words(row);
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (int code = 0; code < 1_000_000; code++) {
      String text = String.format(Locale.ROOT, "%06d", code);
      assertThat(leaked.contains(text)).isFalse();
      for (String salted : new String[] {text, slot.nonce() + text, text + slot.nonce()}) {
        byte[] hash = digest.digest(salted.getBytes(StandardCharsets.UTF_8));
        if (leaked.contains(base64(hash))
            || leaked.contains(base64(Arrays.copyOf(hash, 16)))
            || leaked.contains(HexFormat.of().formatHex(hash))) {
          throw new AssertionError("the rows give away the code " + text);
        }
      }
    }
  }

  @Test
  void sameRow_underOtherKeys_hasOtherCodes_soTheRowAloneSaysNothing() {
    given(stage.chains.challenge(ROOM, stage.token(key, "ann"), "bob"));
    Set<String> codes = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      Chains thief = stage.node(stage.store).keys(KeyRing.of(1, KeyRing.newKey())).build();
      codes.add(Stage.live(thief.poll(key, "ann")).codes().get(0).code().reveal());
    }
    assertThat(codes).as("as many as keys, but for a rare coincidence").hasSizeGreaterThan(195);
  }

  @Test
  void tokensMintedFromTheRows_withoutTheKey_areInvalid() {
    for (int i = 0; i < 100; i++) {
      Secret guessed = KeyRing.newKey();
      Chains thief = stage.node(stage.store).keys(KeyRing.of(1, guessed)).build();
      PollResult minted = thief.poll(key, "ann");
      assertThat(stage.chains.handOver(ROOM, Stage.live(minted).token().reveal(), "mallory"))
          .isEqualTo(new HandOverResult.Refused(Refusal.INVALID));
    }
    assertThat(stage.row(key).control().revision()).isEqualTo(1);
  }

  @Test
  void liveToken_isNowhereInTheRows() {
    String token = stage.token(key, "ann");
    String dump = stage.store.all().toString();
    assertThat(dump).doesNotContain(token).doesNotContain(token.substring(token.length() - 21));
  }

  /** Every text and number of a row, however it is nested. */
  private static Set<String> words(ChainRow row) {
    Set<String> words = new HashSet<>();
    WORD.matcher(row.toString()).results().forEach(match -> words.add(match.group()));
    return words;
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
