package dev.tokenlife.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tokenlife.model.Secret;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WeakKeyTest {
  @ParameterizedTest(name = "{0}")
  @MethodSource("weakKeys")
  void weakKey_isRefused_withItsIdAndTheWayOut_andNotShown(String what, String text) {
    assertThatThrownBy(() -> KeyRing.of(42, Secret.of(text)))
        .isInstanceOf(KeyRefusedException.class)
        .hasMessageContaining("key 42 is refused: ")
        .hasMessageContaining("openssl rand -base64 32")
        .hasMessageContaining("KeyRing.newKey()")
        .satisfies(
            refusal -> {
              if (text.length() > 8) {
                assertThat(refusal.getMessage()).doesNotContain(text.substring(0, 8));
              }
            });
  }

  static Stream<Arguments> weakKeys() {
    byte[] sequence = new byte[32];
    byte[] stride = new byte[32];
    for (int i = 0; i < 32; i++) {
      sequence[i] = (byte) i;
      stride[i] = (byte) (200 - 7 * i);
    }
    byte[] half = Arrays.copyOf(random(16), 32);
    System.arraycopy(half, 0, half, 16, 16);
    return Stream.of(
        Arguments.of("empty", ""),
        Arguments.of("not base64", "§§§ not a key at all §§§"),
        Arguments.of("31 bytes", base64(random(31))),
        Arguments.of("129 bytes", base64(random(129))),
        Arguments.of("zeros", base64(new byte[32])),
        Arguments.of("one byte", base64(filled(0xA5))),
        Arguments.of("sequence", base64(sequence)),
        Arguments.of("stride", base64(stride)),
        Arguments.of("two halves", base64(half)),
        Arguments.of("padded", base64(Arrays.copyOf(random(15), 32))),
        Arguments.of("text", base64(ascii("A long Sentence is not 32 random Bytes!"))),
        Arguments.of("repeated text", base64(ascii("changeme".repeat(4)))),
        Arguments.of("typed default", "changeme" + "XyZ0123456789abcdEFGHijklMNOPqrstUVW"),
        Arguments.of("default inside", base64(join(random(30), ascii("PassWord")))),
        Arguments.of("plain word", "changeme"),
        Arguments.of("lower case hex", "0123456789abcdef9f86d081884c7d659a2feaa0c55ad015a3bf4f1b"),
        Arguments.of("upper case words", "THISISNOTARANDOMKEYBUTONLYAVERYLONGSENTENCEX"));
  }

  @Test
  void newKeys_areTaken_andDiffer() {
    Secret first = KeyRing.newKey();
    assertThat(KeyRing.of(1, first).primaryId()).isEqualTo(1);
    assertThat(KeyRing.newKey()).isNotEqualTo(first);
  }

  @Test
  void randomKeys_areNotRefused() {
    for (int seed = 0; seed < 20_000; seed++) {
      byte[] key = new byte[32];
      new Random(seed).nextBytes(key);
      assertThat(KeyStrength.flaw(key, base64(key))).as("seed %d", seed).isNull();
    }
  }

  @Test
  void otherAlphabetAndMissingPadding_areTheSameKey() {
    String text = Sample.SECRET_1.reveal().replace('+', '-').replace('/', '_').replace("=", "");
    assertThat(KeyRing.of(1, Secret.of(text)).primary().sameSecret(Sample.ring().primary()))
        .isTrue();
  }

  @ParameterizedTest
  @MethodSource("malformedRings")
  void malformedRing_isRefused_withoutItsText(String text, String said) {
    assertThatThrownBy(() -> KeyRing.load(() -> Secret.of(text)))
        .isInstanceOf(KeyRefusedException.class)
        .hasMessageContaining(said)
        .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("jZVVo5mu"));
  }

  static Stream<Arguments> malformedRings() {
    String key = Sample.SECRET_1.reveal();
    return Stream.of(
        Arguments.of(" \n", "is empty"),
        Arguments.of(key, "not of the form id:base64"),
        Arguments.of("1:" + key + ",x:" + key, "id of key number 2"),
        Arguments.of(key + ":1", "id of key number 1"),
        Arguments.of("+1:" + key, "id of key number 1"),
        Arguments.of("-1:" + key, "id of key number 1"),
        Arguments.of("0:" + key, "no key id"),
        Arguments.of("1:" + key + ",1:" + key, "key 1 twice"),
        Arguments.of("*1:" + key + ",*2:" + Sample.SECRET_2.reveal(), "two keys are marked"));
  }

  @Test
  void keysOfAFile_areRead(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("keys");
    Files.writeString(file, "7:" + Sample.SECRET_1.reveal() + "\n");
    assertThat(KeyRing.load(KeySources.file(file)).primaryId()).isEqualTo(7);
    assertThatThrownBy(() -> KeyRing.load(KeySources.file(folder.resolve("absent"))))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("absent");
  }

  @Test
  void unsetVariable_isNamed() {
    assertThatThrownBy(() -> KeyRing.load(KeySources.environment("TOKENLIFE_NOT_SET")))
        .isInstanceOf(KeyRefusedException.class)
        .hasMessageContaining("TOKENLIFE_NOT_SET")
        .hasMessageContaining("openssl");
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static byte[] filled(int value) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
