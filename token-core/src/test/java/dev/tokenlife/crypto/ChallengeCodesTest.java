package dev.tokenlife.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChallengeSlot;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChallengeCodesTest {
  private static final int CODES = 1_000_000;

  private final ChallengeCodes codes = new ChallengeCodes(Sample.ring());
  private final ChallengeSlot slot = Sample.slot("bob", Sample.NONCE, 1);

  @Test
  void code_isTheSameOnEveryProcess_andMatches() {
    String code = codes.code(Sample.KEY, slot);
    assertThat(code).matches("[0-9]{6}");
    assertThat(new ChallengeCodes(Sample.ring()).code(Sample.KEY, slot)).isEqualTo(code);
    assertThat(codes.matches(code, Sample.KEY, slot)).isTrue();
  }

  @Test
  void otherAnswers_doNotMatch() {
    String code = codes.code(Sample.KEY, slot);
    char last = code.charAt(5);
    String near = code.substring(0, 5) + (last == '9' ? '0' : (char) (last + 1));
    for (String wrong : List.of("", " ", near, code + "0", " " + code, code.substring(1), "x")) {
      assertThat(codes.matches(wrong, Sample.KEY, slot)).as(wrong).isFalse();
    }
    assertThat(codes.matches(null, Sample.KEY, slot)).isFalse();
  }

  @Test
  void everyInput_changesTheCode() {
    KeyRing ring = Sample.ring();
    ring.add(2, Sample.SECRET_2);
    ChallengeCodes ten = new ChallengeCodes(ring, 10);
    ChainKey key = Sample.KEY;
    assertThat(
            List.of(
                ten.code(1, key, 1, "bob", Sample.NONCE),
                ten.code(2, key, 1, "bob", Sample.NONCE),
                ten.code(1, ChainKey.of("session-8", key.id()), 1, "bob", Sample.NONCE),
                ten.code(1, ChainKey.of("session-7", "x"), 1, "bob", Sample.NONCE),
                ten.code(1, key, 2, "bob", Sample.NONCE),
                ten.code(1, key, 1, "eve", Sample.NONCE),
                ten.code(1, key, 1, "bob", "x"),
                ten.code(1, key, 1, "bo", "b" + Sample.NONCE)))
        .doesNotHaveDuplicates()
        .allMatch(code -> code.matches("[0-9]{10}"));
  }

  @Test
  void codes_areUniform() {
    int[] thousands = new int[1000];
    int[] units = new int[1000];
    for (int i = 0; i < CODES / 4; i++) {
      int code = Integer.parseInt(codes.code(1, Sample.KEY, i, "bob", Sample.NONCE));
      thousands[code / 1000]++;
      units[code % 1000]++;
    }
    // 999 degrees of freedom: mean 999, standard deviation 44.7; beyond five of them is no chance.
    assertThat(chiSquare(thousands)).isBetween(775.0, 1223.0);
    assertThat(chiSquare(units)).isBetween(775.0, 1223.0);
  }

  @Test
  void wordsThatWouldFavourSmallCodes_areDrawnAgain() {
    long limit = Long.MAX_VALUE - Long.MAX_VALUE % CODES;
    assertThat(ChallengeCodes.uniform(CODES, words(limit, Long.MAX_VALUE, 7))).isEqualTo(7);
    assertThat(ChallengeCodes.uniform(CODES, words(limit - 1))).isEqualTo(CODES - 1);
  }

  @Test
  void wordsNeverEnd_andDoNotRepeat() {
    assertThat(ChallengeCodes.words(Sample.ring().primary(), Sample.KEY, 1, "bob", Sample.NONCE))
        .satisfies(
            words ->
                assertThat(LongStream.generate(words).limit(40).boxed())
                    .doesNotHaveDuplicates()
                    .allMatch(word -> word >= 0));
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 11})
  void otherLengths_areRefused(int digits) {
    assertThatThrownBy(() -> new ChallengeCodes(Sample.ring(), digits))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void missingKey_isNamed() {
    ChallengeCodes others = new ChallengeCodes(KeyRing.of(2, Sample.SECRET_2));
    assertThatThrownBy(() -> others.matches("000000", Sample.KEY, slot))
        .isInstanceOf(MissingKeyException.class)
        .hasMessageContaining("key 1");
  }

  private static double chiSquare(int[] counts) {
    double expected = CODES / 4.0 / counts.length;
    double sum = 0;
    for (int count : counts) {
      sum += (count - expected) * (count - expected) / expected;
    }
    return sum;
  }

  private static LongSupplier words(long... words) {
    return LongStream.of(words).iterator()::nextLong;
  }
}
