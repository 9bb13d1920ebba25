package dev.tokenlife.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.CurrentToken;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Texts that were never minted: none verifies, none throws, and no token has two texts. */
class ForgedTokensTest {
  private static final char[] LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/ .é".toCharArray();

  private final ChainTokens tokens = new ChainTokens(Sample.ring());
  private final ChainRow row = Sample.row();
  private final String token = tokens.mint(row);

  @Property
  void everyMintedToken_isReadBackAndVerifies(
      @ForAll String partition,
      @ForAll String type,
      @ForAll String name,
      @ForAll @LongRange(min = 1) long generation,
      @ForAll @LongRange(min = 0) long seq,
      @ForAll @LongRange(min = 0, max = (1L << 48) - 1) long issuedAt) {
    ChainKey key = ChainKey.of("p" + partition, ChainIds.fromName(name));
    CurrentToken current = new CurrentToken(generation, seq, issuedAt, Long.MAX_VALUE, 1);
    ChainRow any = Sample.row(key, type, name, current);
    PresentedToken read = tokens.parse(tokens.mint(any)).orElseThrow();
    assertThat(read.generation()).isEqualTo(generation);
    assertThat(read.seq()).isEqualTo(seq);
    assertThat(read.issuedAt()).isEqualTo(issuedAt);
    assertThat(read.chainId()).isEqualTo(key.id());
    assertThat(tokens.verify(read, any)).isTrue();
  }

  @Property
  void anyText_isReadWithoutAnException(@ForAll String text) {
    assertThat(accepted(text)).isFalse();
    assertThat(accepted(token + text)).isEqualTo(text.isEmpty());
  }

  @Test
  void everyFlippedBit_isNoticed() {
    byte[] bytes = Base64.getUrlDecoder().decode(token);
    for (int bit = 0; bit < 8 * bytes.length; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(accepted(Base64Url.encode(flipped))).as("bit %d", bit).isFalse();
    }
  }

  @Test
  void everyOtherLetterInEveryPlace_isNoticed() {
    for (int i = 0; i < token.length(); i++) {
      for (char letter : LETTERS) {
        String changed = token.substring(0, i) + letter + token.substring(i + 1);
        assertThat(accepted(changed)).isEqualTo(changed.equals(token));
      }
      assertThat(accepted(token.substring(0, i))).isFalse();
    }
  }

  @Test
  void longerFormsOfTheNumbers_areNoSecondText() {
    byte[] bytes = Base64.getUrlDecoder().decode(token);
    for (int at : List.of(21, 22)) {
      byte[] longer = new byte[bytes.length + 1];
      System.arraycopy(bytes, 0, longer, 0, at + 1);
      longer[at] |= (byte) 0x80;
      System.arraycopy(bytes, at + 1, longer, at + 2, bytes.length - at - 1);
      assertThat(tokens.parse(Base64Url.encode(longer))).isEmpty();
    }
  }

  @Test
  void generationZero_whichIsNeverMinted_isNone() {
    byte[] bytes = Base64.getUrlDecoder().decode(token);
    bytes[21] = 0;
    assertThat(tokens.parse(Base64Url.encode(bytes))).isEmpty();
    bytes[21] = 1;
    assertThat(tokens.parse(Base64Url.encode(bytes))).isPresent();
  }

  @Test
  void paddingAndStrayBits_areNoSecondText() {
    CurrentToken wider = new CurrentToken(300, 1, Sample.ISSUED_AT, Long.MAX_VALUE, 1);
    ChainRow second = Sample.row(Sample.KEY, "ENTRY", Sample.NONCE, wider);
    String text = tokens.mint(second);
    byte[] bytes = Base64.getUrlDecoder().decode(text);
    assertThat(text).hasSize(62);
    int same = 0;
    for (char letter : LETTERS) {
      String changed = text.substring(0, 61) + letter;
      same += decodesTo(changed, bytes) ? 1 : 0;
      assertThat(tokens.parse(changed).filter(read -> tokens.verify(read, second)).isPresent())
          .isEqualTo(changed.equals(text));
    }
    assertThat(same).as("texts that a lenient decoder takes for this token").isGreaterThan(1);
    assertThat(tokens.parse(text + "==")).isEmpty();
  }

  @Test
  void aHundredThousandForgeries_areRefused() {
    assertThat(forgeries(100_000, 1)).isZero();
  }

  @Test
  @Tag("slow")
  void twoMillionForgeries_areRefused() {
    assertThat(forgeries(2_000_000, 2)).isZero();
  }

  @Test
  void tokensOfManyChainsAndGenerations_areAllDifferent() {
    Set<String> seen = new HashSet<>();
    List<CurrentToken> currents = new ArrayList<>();
    for (int generation = 1; generation <= 100; generation++) {
      currents.add(new CurrentToken(generation, 0, 7, 17, 1));
      currents.add(new CurrentToken(generation, 1, 7, 17, 1));
      currents.add(new CurrentToken(generation, 1, 8, 18, 1));
    }
    for (int chain = 0; chain < 100; chain++) {
      ChainKey key = ChainKey.of("p", ChainIds.fromName("chain " + chain));
      for (CurrentToken current : currents) {
        assertThat(seen.add(tokens.mint(Sample.row(key, "T", Sample.NONCE, current)))).isTrue();
      }
    }
  }

  /** Counts the accepted ones among forged texts of several sorts, drawn from a fixed seed. */
  private int forgeries(int count, long seed) {
    Random random = new Random(seed);
    byte[] genuine = Base64.getUrlDecoder().decode(token);
    int accepted = 0;
    for (int i = 0; i < count; i++) {
      accepted += accepted(forgery(i % 4, genuine, random)) ? 1 : 0;
    }
    return accepted;
  }

  private String forgery(int sort, byte[] genuine, Random random) {
    byte[] bytes = sort < 2 ? genuine.clone() : new byte[random.nextInt(64)];
    if (sort == 0) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
      return Base64Url.encode(bytes);
    }
    random.nextBytes(bytes);
    if (sort == 1) {
      System.arraycopy(genuine, 0, bytes, 0, 5 + random.nextInt(24));
      return Base64Url.encode(bytes);
    }
    if (sort == 2 && bytes.length > 5) {
      System.arraycopy(genuine, 0, bytes, 0, 5);
      return Base64Url.encode(bytes);
    }
    StringBuilder text = new StringBuilder();
    for (byte one : bytes) {
      text.append((char) (one * 37 & random.nextInt(0x10000)));
    }
    return text.toString();
  }

  private boolean accepted(String text) {
    Optional<PresentedToken> read = tokens.parse(text);
    return read.isPresent() && tokens.verify(read.get(), row);
  }

  private static boolean decodesTo(String text, byte[] bytes) {
    try {
      return Arrays.equals(Base64.getUrlDecoder().decode(text), bytes);
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }
}
