package dev.tokenlife.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PlainRowTest {
  @Test
  void columns_areInTheOrderOfTheirNames_soThatTheSameRowIsTheSameLine() {
    Map<String, Object> columns =
        IntStream.range(10, 60).boxed().collect(Collectors.toMap(i -> "column-" + i, i -> i));
    PlainRow row = new PlainRow("SESSION", "a", columns);
    assertThat(List.copyOf(row.columns().keySet())).isSorted();
    assertThat(row).isEqualTo(new PlainRow("SESSION", "a", Map.copyOf(columns)));
    assertThat(row).hasToString("PlainRow[SESSION/a, columns " + row.columns().keySet() + "]");
  }
}
