package dev.tokenlife.azure.backup;

import dev.tokenlife.spi.Page;
import java.util.List;
import java.util.Optional;

/** Tables of an application, to be moved with the chains. Throws as a store does. */
public interface PlainTables {
  /** Creates a table unless it is there. */
  void create(String table);

  /** Reads rows of a table, in the order of their keys. */
  Page<PlainRow> read(String table, Optional<String> cursor, int limit);

  /** Writes rows, whatever was there. May be repeated. */
  void write(String table, List<PlainRow> rows);
}
