package dev.tokenlife.examples.storetool;

import dev.tokenlife.backup.PlainRow;
import dev.tokenlife.backup.PlainTables;
import dev.tokenlife.spi.Page;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The rows of one table, or of one partition of it, a page at a time. */
record TableRows(PlainTables tables, String table, Optional<String> partition) {
  private static final int PAGE = 1_000;

  /** Takes table and perhaps partition from the command line. */
  static TableRows of(List<String> args, Account account) {
    PlainTables tables = account.tables();
    String table = args.get(0);
    if (!tables.names().contains(table)) {
      throw new UsageException(
          "there is no table "
              + table
              + " in "
              + account.place()
              + ", only "
              + tables.names()
              + "; init-tables creates what is missing");
    }
    return new TableRows(
        tables, table, args.size() > 1 ? Optional.of(args.get(1)) : Optional.empty());
  }

  /** Returns how many there are. */
  long each(Consumer<PlainRow> action) {
    long count = 0;
    Optional<String> at = Optional.empty();
    do {
      Page<PlainRow> page = tables.read(table, partition, at, PAGE);
      page.items().forEach(action);
      count += page.items().size();
      at = page.next();
    } while (at.isPresent());
    return count;
  }
}
