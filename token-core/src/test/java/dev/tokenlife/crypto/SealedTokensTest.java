package dev.tokenlife.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tokenlife.model.Refusal;
import dev.tokenlife.time.VirtualTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealedTokensTest {
  private static final Duration TTL = Duration.ofSeconds(20);
  private static final String PAYLOAD = "wall=main;round=7;grüße 😀";

  private final VirtualTime time = new VirtualTime();
  private final KeyRing ring = Sample.ring();
  private final SealedTokens tokens = of("LATE").build();
  private final String token = tokens.seal("session-7", PAYLOAD);

  @Test
  void sealedToken_opensForAnyone_asOftenAsTheyLike() {
    for (int i = 0; i < 3; i++) {
      assertThat(tokens.open(token, "session-7"))
          .isInstanceOfSatisfying(
              Opening.Opened.class,
              opened -> {
                assertThat(opened.payload()).isEqualTo(PAYLOAD);
                assertThat(opened.issuedAt()).isEqualTo(time.instant());
                assertThat(opened.expiresAt()).isEqualTo(time.instant().plus(TTL));
              });
    }
  }

  @Property
  void anyPayload_comesBack_orIsNoText(@ForAll String payload) {
    boolean text = payload.codePoints().noneMatch(point -> point >= 0xD800 && point <= 0xDFFF);
    if (text && payload.length() < 1000) {
      assertThat(tokens.open(tokens.seal("p", payload), "p"))
          .isInstanceOfSatisfying(
              Opening.Opened.class, opened -> assertThat(opened.payload()).isEqualTo(payload));
    } else if (!text) {
      assertThatThrownBy(() -> tokens.seal("p", payload))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("unpaired surrogate");
    }
  }

  @Test
  void tokenForAHolder_opensForThemOnly() {
    String hers = tokens.seal("session-7", "ann", PAYLOAD);
    assertThat(tokens.open(hers, "session-7", "ann")).isInstanceOf(Opening.Opened.class);
    assertInvalid(tokens.open(hers, "session-7", "bob"));
    assertInvalid(tokens.open(hers, "session-7"));
    assertInvalid(tokens.open(token, "session-7", "ann"));
    assertThatThrownBy(() -> tokens.seal("session-7", "", PAYLOAD))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void otherPartitionTypeKeyOrPurpose_isTheSameRefusal() {
    assertInvalid(tokens.open(token, "session-8"));
    assertInvalid(of("ENTRY").build().open(token, "session-7"));
    assertInvalid(with(KeyRing.of(1, Sample.SECRET_2)).open(token, "session-7"));
    assertInvalid(with(KeyRing.of(2, Sample.SECRET_1)).open(token, "session-7"));
    assertThat(new ChainTokens(ring).parse(token)).isEmpty();
    assertInvalid(tokens.open(new ChainTokens(ring).mint(Sample.row()), "session-7"));
  }

  @Test
  void borderBetweenPartitionAndHolder_isBound() {
    String one = tokens.seal("ab", "c", PAYLOAD);
    assertInvalid(tokens.open(one, "a", "bc"));
    assertInvalid(tokens.open(one, "abc"));
  }

  @Test
  void everyFlippedBit_isTheSameRefusal() {
    byte[] bytes = Base64.getUrlDecoder().decode(token);
    for (int bit = 0; bit < 8 * bytes.length; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertInvalid(tokens.open(Base64Url.encode(flipped), "session-7"));
    }
  }

  @Test
  void everyTruncationAndExtension_isTheSameRefusal() {
    for (int i = 0; i < token.length(); i++) {
      assertInvalid(tokens.open(token.substring(0, i), "session-7"));
    }
    assertInvalid(tokens.open(token + "A", "session-7"));
    assertInvalid(tokens.open(token + "=", "session-7"));
    assertInvalid(tokens.open(null, "session-7"));
    assertInvalid(tokens.open("é".repeat(100), "session-7"));
    assertInvalid(tokens.open("A".repeat(10_000_000), "session-7"));
  }

  @Test
  void aHundredThousandForgeries_areRefused() {
    forgeries(100_000, 3);
  }

  @Test
  @Tag("slow")
  void aMillionForgeries_areRefused() {
    forgeries(1_000_000, 4);
  }

  @Test
  void token_ends_exactlyAtItsExpiry() {
    time.advance(TTL.minusMillis(1));
    assertThat(tokens.open(token, "session-7")).isInstanceOf(Opening.Opened.class);
    time.advance(Duration.ofMillis(1));
    assertRefused(tokens.open(token, "session-7"), Refusal.TOKEN_EXPIRED);
  }

  @Test
  void skew_letsItOpenThatMuchLonger() {
    SealedTokens lenient = of("LATE").skew(Duration.ofSeconds(2)).build();
    time.advance(TTL.plusMillis(1999));
    assertThat(lenient.open(token, "session-7")).isInstanceOf(Opening.Opened.class);
    time.advance(Duration.ofMillis(1));
    assertRefused(lenient.open(token, "session-7"), Refusal.TOKEN_EXPIRED);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 500, 5_000, 25_000, 3_600_000})
  void expiredToken_staysSo_whateverTheClockDoes(long back) {
    time.advance(TTL);
    assertRefused(tokens.open(token, "session-7"), Refusal.TOKEN_EXPIRED);
    time.stepWall(Duration.ofMillis(-back));
    assertRefused(tokens.open(token, "session-7"), Refusal.TOKEN_EXPIRED);
    time.advance(Duration.ofMillis(1));
    assertRefused(tokens.open(token, "session-7"), Refusal.TOKEN_EXPIRED);
  }

  @Test
  void tokenSealedAfterAStepBack_stillEnds() {
    time.stepWall(Duration.ofHours(-1));
    String one = tokens.seal("p", PAYLOAD);
    time.advance(TTL);
    assertRefused(tokens.open(one, "p"), Refusal.TOKEN_EXPIRED);
  }

  @Test
  void expiry_isToldOfGenuineTokensOnly() {
    time.advance(TTL);
    assertInvalid(tokens.open(token, "session-8"));
    assertInvalid(tokens.open("Ag" + "A".repeat(80), "session-7"));
  }

  @Test
  void rotation_opensUntilRetirement_andNotAfter() {
    ring.add(2, Sample.SECRET_2);
    ring.promote(2);
    assertThat(tokens.open(token, "session-7")).isInstanceOf(Opening.Opened.class);
    String young = tokens.seal("session-7", PAYLOAD);
    ring.retire(1, id -> false);
    assertInvalid(tokens.open(token, "session-7"));
    assertThat(tokens.open(young, "session-7")).isInstanceOf(Opening.Opened.class);
  }

  @Test
  void nonces_neverRepeat() {
    Set<String> nonces = new HashSet<>();
    for (int i = 0; i < 200_000; i++) {
      byte[] bytes = Base64.getUrlDecoder().decode(tokens.seal("p", ""));
      assertThat(nonces.add(Base64.getEncoder().encodeToString(slice(bytes)))).isTrue();
    }
  }

  @Test
  void payload_isNotReadable_andNotPrinted() {
    byte[] bytes = Base64.getUrlDecoder().decode(tokens.seal("p", "wall-wall-wall"));
    assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).doesNotContain("wall");
    assertThat(tokens.open(token, "session-7").toString()).doesNotContain("wall");
  }

  @Test
  void longestPayload_fits_andMoreIsRefused() {
    String longest = "x".repeat(SealedTokens.MAX_PAYLOAD);
    assertThat(tokens.open(tokens.seal("p", longest), "p")).isInstanceOf(Opening.Opened.class);
    assertThatThrownBy(() -> tokens.seal("p", longest + "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4096");
  }

  @Test
  void missingAndWrongSettings_areNamed() {
    assertThatThrownBy(() -> SealedTokens.builder(ring).ttl(TTL).build())
        .hasMessageContaining("type(");
    assertThatThrownBy(() -> of("").build()).hasMessageContaining("type(");
    assertThatThrownBy(() -> SealedTokens.builder(ring).type("T").build())
        .hasMessageContaining("ttl(Duration)");
    assertThatThrownBy(() -> of("T").ttl(Duration.ofNanos(5)).build()).hasMessageContaining("1 ms");
    assertThatThrownBy(() -> of("T").skew(Duration.ofHours(1)).build())
        .hasMessageContaining("5 minutes");
  }

  private SealedTokensBuilder of(String type) {
    return SealedTokens.builder(ring).type(type).ttl(TTL).time(time);
  }

  private SealedTokens with(KeyRing other) {
    return SealedTokens.builder(other).type("LATE").ttl(TTL).time(time).build();
  }

  private void forgeries(int count, long seed) {
    Random random = new Random(seed);
    byte[] genuine = Base64.getUrlDecoder().decode(token);
    for (int i = 0; i < count; i++) {
      byte[] bytes = i % 2 == 0 ? genuine.clone() : new byte[random.nextInt(100)];
      if (i % 2 == 0) {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
      } else {
        random.nextBytes(bytes);
        System.arraycopy(genuine, 0, bytes, 0, Math.min(5, bytes.length));
      }
      assertInvalid(tokens.open(Base64Url.encode(bytes), "session-7"));
    }
  }

  private static byte[] slice(byte[] bytes) {
    return Arrays.copyOfRange(bytes, 5, 17);
  }

  private static void assertInvalid(Opening opening) {
    assertRefused(opening, Refusal.INVALID);
  }

  private static void assertRefused(Opening opening, Refusal reason) {
    assertThat(opening).isEqualTo(new Opening.Refused(reason));
  }
}
