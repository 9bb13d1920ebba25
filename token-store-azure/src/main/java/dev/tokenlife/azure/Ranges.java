package dev.tokenlife.azure;

import com.azure.data.tables.models.TableEntity;
import dev.tokenlife.spi.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads ranges of rows of one table, in one partition key after another. */
final class Ranges {
  private final Table table;
  private final Calls calls;

  Ranges(Table table, Calls calls) {
    this.table = table;
    this.calls = calls;
  }

  /** Reads whole rows, see {@link #across(List, UnaryOperator, List, Optional, int)}. */
  Page<TableEntity> across(
      List<String> partitionKeys, UnaryOperator<String> filter, Optional<String> at, int limit) {
    return across(partitionKeys, filter, List.of(), at, limit);
  }

  /**
   * Reads up to {@code limit} rows, from the first partition keys on.
   *
   * @param filter gives the range to read in a partition key; must name it
   * @param columns what to read; empty for everything
   * @param at where to go on: the number of the partition key and the last row key seen
   */
  Page<TableEntity> across(
      List<String> partitionKeys,
      UnaryOperator<String> filter,
      List<String> columns,
      Optional<String> at,
      int limit) {
    int slice = at.map(text -> Integer.parseInt(text.substring(0, text.indexOf(' ')))).orElse(0);
    String last = at.map(text -> text.substring(text.indexOf(' ') + 1)).orElse("");
    List<TableEntity> rows = new ArrayList<>();
    while (slice < partitionKeys.size() && rows.size() < limit) {
      String range = filter.apply(partitionKeys.get(slice));
      boolean more = read(last.isEmpty() ? range : Keys.after(range, last), columns, limit, rows);
      if (more) {
        last = rows.get(rows.size() - 1).getRowKey();
      } else {
        slice++;
        last = "";
      }
    }
    boolean end = slice >= partitionKeys.size();
    return new Page<>(rows, end ? Optional.empty() : Optional.of(slice + " " + last));
  }

  /** Follows the service's pages until there are enough rows; true if more follow in this range. */
  private boolean read(String filter, List<String> columns, int limit, List<TableEntity> rows) {
    @Nullable String token = null;
    do {
      String from = token;
      int most = limit - rows.size();
      Slice page =
          calls.repeatable(
              "query of table " + table.name() + " for " + filter,
              deadline -> table.query(deadline, filter, columns, most, from));
      rows.addAll(page.rows());
      token = page.token();
    } while (token != null && rows.size() < limit);
    return token != null;
  }
}
