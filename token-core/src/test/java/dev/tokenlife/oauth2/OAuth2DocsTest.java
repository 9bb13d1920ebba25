package dev.tokenlife.oauth2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class OAuth2DocsTest {
  private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  private static String squeezed(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }

  @Test
  void codeOfThePage_isTheCodeThatCompiles() throws Exception {
    String page = Files.readString(Path.of("../docs/oauth2.md"));
    String compiled =
        squeezed(
            Files.readString(Path.of("src/test/java/dev/tokenlife/oauth2/OAuth2Snippets.java")));
    List<String> blocks =
        BLOCK.matcher(page).results().map((MatchResult block) -> block.group(1)).toList();

    assertThat(blocks)
        .hasSize(6)
        .allSatisfy(block -> assertThat(compiled).contains(squeezed(block)));
  }

  @Test
  void sourcesOfThePage_canBeMade() throws Exception {
    PrivateKey key = KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate();

    assertThat(
            OAuth2Snippets.sources(name -> Secret.of(name), id -> Secret.of(id), () -> key).stream()
                .map(OAuth2Source::upstream))
        .containsExactly(
            "idp.example/oauth2/token#payments",
            "accounts.example/token#mixtape",
            "idp.example/oauth2/token#orders",
            "idp.example/oauth2/token#payments");
  }
}
