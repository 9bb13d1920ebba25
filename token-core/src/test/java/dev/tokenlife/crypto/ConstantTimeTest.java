package dev.tokenlife.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * How long a comparison takes must not tell how much of a guess is right. A clock cannot show that
 * on a shared machine, so the compiled code is looked at: what it calls, and where it may branch.
 */
final class ConstantTimeTest {
  @Test
  void codes_areComparedWithoutAnEarlyEnd() {
    List<String> code = body(ChallengeCodes.class, "boolean matches(");
    assertThat(code).anyMatch(line -> line.contains("java/security/MessageDigest.isEqual"));
    assertThat(code).noneMatch(line -> line.contains("equals:") || line.contains("compare"));
  }

  @Test
  void tags_areComparedAsAWhole() {
    List<String> code =
        body(
            ChainTokens.class,
            "boolean verify(dev.tokenlife.crypto.PresentedToken, java.lang.String");
    int signed = lastOf(code, "MacKey$Signer.sign:");
    List<String> compare = code.subList(signed + 1, code.size());
    assertThat(compare).as("both halves").filteredOn(line -> line.contains("lxor")).hasSize(2);
    assertThat(compare.stream().filter(line -> line.matches(".*: if\\w+ .*")))
        .as("one decision, on the whole")
        .hasSize(1);
    assertThat(compare.stream().filter(line -> line.contains("invoke")))
        .allMatch(line -> line.contains("Longs.get:"));
  }

  @Test
  void secretsThemselves_areComparedWithoutAnEarlyEnd() {
    List<String> code = body(dev.tokenlife.model.Secret.class, "boolean equals(");
    assertThat(code).anyMatch(line -> line.contains("java/security/MessageDigest.isEqual"));
    assertThat(code).noneMatch(line -> line.contains("String.equals"));
  }

  private static int lastOf(List<String> code, String text) {
    for (int i = code.size() - 1; i >= 0; i--) {
      if (code.get(i).contains(text)) {
        return i;
      }
    }
    throw new IllegalStateException("no call of " + text + " in " + code);
  }

  /** Returns the instructions of the one method whose declaration contains this. */
  private static List<String> body(Class<?> type, String declaration) {
    List<String> lines = disassembled(type).lines().toList();
    int from = 0;
    while (!lines.get(from).contains(declaration)) {
      from++;
    }
    return lines.subList(from, lines.size()).stream().takeWhile(line -> !line.isBlank()).toList();
  }

  private static String disassembled(Class<?> type) {
    StringWriter out = new StringWriter();
    ToolProvider javap = ToolProvider.findFirst("javap").orElseThrow();
    String file = type.getResource(type.getSimpleName() + ".class").getPath();
    int code =
        javap.run(
            new PrintWriter(out, true),
            new PrintWriter(out, true),
            Stream.of("-p", "-c", Path.of(file).toString()).toArray(String[]::new));
    assertThat(code).as(out.toString()).isZero();
    return out.toString();
  }
}
