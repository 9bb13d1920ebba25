package dev.tokenlife.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.ChainKey;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class FullRowsTest {
  @Test
  void aFullRow_leavesNoFieldOut() throws ReflectiveOperationException {
    List<String> empty = new ArrayList<>();
    collectEmpty("row", FullRows.full(ChainKey.of("p", "c")), empty);
    assertThat(empty).as("fields that a full row leaves at their default").isEmpty();
  }

  private static void collectEmpty(String path, @Nullable Object value, List<String> empty)
      throws ReflectiveOperationException {
    if (value == null || value.equals(0) || value.equals(0L) || value.equals("")) {
      empty.add(path);
    } else if (value instanceof List<?> list) {
      if (list.isEmpty()) {
        empty.add(path);
      }
      for (int i = 0; i < list.size(); i++) {
        collectEmpty(path + "[" + i + "]", list.get(i), empty);
      }
    } else if (value instanceof Record) {
      for (RecordComponent component : value.getClass().getRecordComponents()) {
        Object part = component.getAccessor().invoke(value);
        collectEmpty(path + "." + component.getName(), part, empty);
      }
    }
  }
}
