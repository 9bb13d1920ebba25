package dev.tokenlife.azure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The list of faults in the documentation names tests that there are, for every fault. */
final class FaultListTest {
  private static final Pattern ROW = Pattern.compile("^\\| (\\d+) \\|.*\\|([^|]*)\\|$");
  private static final Pattern NAMED = Pattern.compile("`(\\w+)\\.(\\w+)`");

  @Test
  void everyFaultInTheList_isShownByTests_thatExist() throws Exception {
    int faults = 0;
    for (String line : lines()) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        faults++;
        assertThat(row.group(1)).isEqualTo(Integer.toString(faults));
        requireTests(row.group(2));
      }
    }
    assertThat(faults).isEqualTo(43);
  }

  private static void requireTests(String cell) throws ClassNotFoundException {
    Matcher named = NAMED.matcher(cell);
    assertThat(named.find()).as("a test in: %s", cell).isTrue();
    do {
      Class<?> test = Class.forName("dev.tokenlife.azure." + named.group(1));
      assertThat(Arrays.stream(test.getDeclaredMethods()).map(method -> method.getName()))
          .as("tests of %s", test)
          .contains(named.group(2));
    } while (named.find());
  }

  private static List<String> lines() throws IOException {
    return Files.readAllLines(Path.of("..", "docs", "azure-faults.md"));
  }
}
