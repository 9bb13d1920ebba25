package dev.tokenlife.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Base64UrlProperties {
  private static final char[] LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/ \n\u00e9\u4e2d"
          .toCharArray();

  @Property
  void bytes_comeBack(@ForAll byte[] bytes) {
    assertThat(Base64Url.decode(Base64Url.encode(bytes))).isEqualTo(bytes);
  }

  @Property
  void whatIsDecoded_isTheOneTextOfItsBytes(@ForAll String text) {
    byte[] bytes = Base64Url.decode(text);
    if (bytes != null) {
      assertThat(Base64Url.encode(bytes)).isEqualTo(text);
    }
  }

  @Test
  void everyTextOfUpToThreeLetters_isTheOneTextOfItsBytes_orNone() {
    for (char a : LETTERS) {
      assertCanonical("" + a);
      for (char b : LETTERS) {
        assertCanonical("" + a + b);
        assertCanonical("AAAA" + a + b);
        for (char c : LETTERS) {
          assertCanonical("" + a + b + c);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("otherTexts")
  void paddingStrayBitsAndForeignLetters_areNone(String text) {
    assertThat(Base64Url.decode(text)).isNull();
  }

  static Stream<String> otherTexts() {
    return Stream.of(
        "AA==",
        "AAA=",
        "AAAA====",
        "AB",
        "AAB",
        "A",
        "AAAAA",
        "A+AA",
        "A/AA",
        "AA\nAA",
        " AAA",
        "AAAé",
        "AA\u0100A",
        "=",
        "====");
  }

  @Property
  void chainIdsAsNumbers_areTheirBytes(@ForAll @Size(16) byte[] bytes) {
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    assertThat(ChainIds.decode(text)).hasValueSatisfying(id -> assertThat(id).isEqualTo(bytes));
  }

  @Property
  void whatIsNoChainId_isNone(@ForAll String text) {
    ChainIds.decode(text)
        .ifPresent(id -> assertThat(Base64Url.encode(id)).hasSize(22).isEqualTo(text));
  }

  @Test
  void changedChainIds_areOthers_orNone() {
    String id = ChainIds.fromName("entry");
    for (int i = 0; i < id.length(); i++) {
      for (char letter : LETTERS) {
        String changed = id.substring(0, i) + letter + id.substring(i + 1);
        assertThat(ChainIds.decode(changed).map(Base64Url::encode))
            .satisfiesAnyOf(
                none -> assertThat(none).isEmpty(), one -> assertThat(one).hasValue(changed));
      }
    }
    assertThat(ChainIds.decode(null)).isEmpty();
  }

  @Test
  void names_giveTheFirstHalfOfTheirHash() {
    // SHA-256 of "abc" (FIPS 180-4): ba7816bf 8f01cfea 414140de 5dae2223 ...
    byte[] id = ChainIds.decode(ChainIds.fromName("abc")).orElseThrow();
    assertThat(id).asHexString().isEqualTo("BA7816BF8F01CFEA414140DE5DAE2223");
  }

  @Test
  void randomIds_differ() {
    SecureRandom random = new SecureRandom();
    assertThat(Stream.generate(() -> ChainIds.random(random)).limit(1000))
        .doesNotHaveDuplicates()
        .allMatch(id -> ChainIds.decode(id).isPresent());
  }

  @Property
  void numbers_haveOneForm(@ForAll long any) {
    long number = any & Long.MAX_VALUE;
    byte[] bytes = new byte[12];
    int end = Varints.put(bytes, 1, number);
    assertThat(end).isEqualTo(1 + Varints.size(number));
    assertThat(Varints.end(bytes, 1)).isEqualTo(end);
    assertThat(Varints.get(bytes, 1, end)).isEqualTo(number);
  }

  @Test
  void longerFormsOfNumbers_areNone() {
    assertThat(Varints.end(new byte[] {(byte) 0x81, 0}, 0)).isEqualTo(-1);
    assertThat(Varints.end(new byte[] {(byte) 0x80, (byte) 0x80, 0}, 0)).isEqualTo(-1);
    assertThat(Varints.end(new byte[] {(byte) 0x80}, 0)).isEqualTo(-1);
    assertThat(Varints.end(new byte[] {}, 0)).isEqualTo(-1);
    byte[] ten = new byte[10];
    Arrays.fill(ten, 0, 9, (byte) 0xFF);
    ten[9] = 1;
    assertThat(Varints.end(ten, 0)).isEqualTo(-1);
  }

  @Test
  void randomBytes_readAsANumber_giveTheirOneForm() {
    Random random = new Random(5);
    for (int i = 0; i < 100_000; i++) {
      byte[] bytes = new byte[10];
      random.nextBytes(bytes);
      int end = Varints.end(bytes, 0);
      if (end > 0) {
        byte[] again = new byte[10];
        assertThat(Varints.put(again, 0, Varints.get(bytes, 0, end))).isEqualTo(end);
        assertThat(Arrays.equals(again, 0, end, bytes, 0, end)).isTrue();
      }
    }
  }

  private static void assertCanonical(String text) {
    byte[] bytes = Base64Url.decode(text);
    assertThat(bytes == null || Base64Url.encode(bytes).equals(text)).as(text).isTrue();
  }
}
