package dev.tokenlife.azure.backup;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Rows of application tables on their way into a store. Used by one thread. */
final class PlainRows {
  private static final int MOST = 500;

  private final Optional<PlainTables> tables;
  private final Map<String, List<PlainRow>> waiting = new LinkedHashMap<>();
  private final Set<String> created = new HashSet<>();
  private int count;

  PlainRows(Optional<PlainTables> tables) {
    this.tables = tables;
  }

  void add(JsonNode line) {
    if (tables.isEmpty()) {
      throw new BackupException("the backup has rows of tables: say where they go");
    }
    waiting
        .computeIfAbsent(line.path("table").asText(), any -> new ArrayList<>())
        .add(
            new PlainRow(
                line.path("partitionKey").asText(),
                line.path("rowKey").asText(),
                Values.read(line.path("columns"))));
    count++;
  }

  boolean isEmpty() {
    return count == 0;
  }

  boolean isFull() {
    return count >= MOST;
  }

  /** Writes what is waiting and returns how much it was. */
  int flush() {
    int flushed = count;
    for (Map.Entry<String, List<PlainRow>> rows : waiting.entrySet()) {
      if (created.add(rows.getKey())) {
        tables.orElseThrow().create(rows.getKey());
      }
      tables.orElseThrow().write(rows.getKey(), rows.getValue());
    }
    waiting.clear();
    count = 0;
    return flushed;
  }
}
