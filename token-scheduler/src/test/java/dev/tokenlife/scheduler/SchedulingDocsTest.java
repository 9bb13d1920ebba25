package dev.tokenlife.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page about scheduling and the code it shows. */
class SchedulingDocsTest {
  private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @Test
  void codeOfThePage_isTheCodeThatCompiles() throws Exception {
    String page = Files.readString(Path.of("../docs/scheduling.md"));
    String compiled =
        squeezed(
            Files.readString(
                Path.of("src/test/java/dev/tokenlife/scheduler/SchedulingSnippets.java")));
    List<String> blocks =
        BLOCK.matcher(page).results().map((MatchResult block) -> block.group(1)).toList();
    assertThat(blocks)
        .hasSize(3)
        .allSatisfy(block -> assertThat(compiled).contains(squeezed(block)));
  }

  private static String squeezed(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }
}
