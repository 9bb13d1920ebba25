package dev.tokenlife.backup;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a backup has come: what it needs to know to be continued.
 *
 * @param source where it is taken from
 * @param tables the application's tables it takes along
 * @param stage 0 for the store, then one number for each table, then the end
 * @param cursor where to go on within the stage; null for its start
 * @param report what was written so far
 * @param bytes the length of the file so far
 */
record Checkpoint(
    String source,
    List<String> tables,
    int stage,
    @Nullable String cursor,
    BackupReport report,
    long bytes) {
  static Checkpoint start(String source, List<String> tables) {
    return new Checkpoint(source, tables, 0, null, BackupReport.NOTHING, 0);
  }

  boolean isAtEnd() {
    return stage > tables.size();
  }

  /** Returns the table of this stage; null while the store is read. */
  @Nullable String table() {
    return stage == 0 ? null : tables.get(stage - 1);
  }

  Checkpoint after(BackupReport now, @Nullable String next) {
    return new Checkpoint(source, tables, next == null ? stage + 1 : stage, next, now, bytes);
  }

  Checkpoint at(long length) {
    return new Checkpoint(source, tables, stage, cursor, report, length);
  }

  boolean continues(Checkpoint asked) {
    return source.equals(asked.source) && tables.equals(asked.tables);
  }
}
