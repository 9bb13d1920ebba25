package dev.tokenlife.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.Secret;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything printable of this package, searched for keys, tags and payloads. */
class SecretCanaryTest {
  private static final ChainKey KEY = ChainKey.of("spotify", "user-42");
  private static final String CANARY = "canary-refresh-token";
  private static final KeyRing RING = Sample.ring();
  private static final String TOKEN = new ChainTokens(RING).mint(Sample.row());
  private static final String AT_REST = new RingSealer(RING).seal(Secret.of(CANARY), KEY, "f");
  private static final SealedTokens SEALED =
      SealedTokens.builder(RING).type("T").ttl(Duration.ofMinutes(1)).build();

  @Test
  void nothingPrintable_showsASecret() {
    String sealed = SEALED.seal("p", CANARY);
    List<Object> printables =
        List.of(
            RING,
            RING.primary(),
            RING.keyIds(),
            new ChainTokens(RING),
            new ChainTokens(RING).parse(TOKEN).orElseThrow(),
            new RingSealer(RING),
            Objects.requireNonNull(SealedText.parse(AT_REST)),
            new RingSealer(RING).open(AT_REST, KEY, "f"),
            new ChallengeCodes(RING),
            KeyRing.newKey(),
            SEALED,
            SEALED.open(sealed, "p"));
    assertThat(printables).extracting(Object::toString).allSatisfy(SecretCanaryTest::assertClean);
  }

  @ParameterizedTest
  @MethodSource("failures")
  void noException_showsASecret(ThrowingCallable failing) {
    StringWriter text = new StringWriter();
    Throwable thrown = catchThrowable(failing);
    assertThat(thrown).isNotNull();
    thrown.printStackTrace(new PrintWriter(text));
    assertClean(text.toString());
  }

  static List<ThrowingCallable> failures() {
    String key = Sample.SECRET_1.reveal();
    KeyRing others = KeyRing.of(2, Sample.SECRET_2);
    String moved = AT_REST.substring(0, 40) + "AAAA" + AT_REST.substring(44);
    return List.of(
        () -> KeyRing.of(1, Secret.of(key.substring(0, 40))),
        () -> KeyRing.of(1, Secret.of(key + key + key + key + key)),
        () -> KeyRing.of(1, Secret.of(key + "§")),
        () -> KeyRing.load(() -> Secret.of(key)),
        () -> KeyRing.load(() -> Secret.of(key + ":1")),
        () -> KeyRing.load(() -> Secret.of("1:" + key + "\n1:" + key)),
        () -> Sample.ring().add(1, Sample.SECRET_1),
        () -> new ChainTokens(others).mint(Sample.row()),
        () -> new RingSealer(others).open(AT_REST, KEY, "f"),
        () -> new RingSealer(RING).open(moved, KEY, "f"),
        () -> new RingSealer(RING).open(CANARY, KEY, "f"),
        () -> SEALED.seal("p", CANARY + "\ud800"),
        () -> SEALED.seal("p", CANARY.repeat(1000)));
  }

  private static void assertClean(String text) {
    byte[] master = Base64.getDecoder().decode(Sample.SECRET_1.reveal());
    assertThat(text)
        .doesNotContain(CANARY)
        .doesNotContain(Sample.SECRET_1.reveal().substring(0, 10))
        .doesNotContain(TOKEN.substring(40))
        .doesNotContain(AT_REST.substring(10, 30));
    assertThat(text.toLowerCase(Locale.ROOT))
        .doesNotContain(HexFormat.of().formatHex(master).substring(0, 12));
  }
}
