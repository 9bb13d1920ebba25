package dev.tokenlife.backup;

import dev.tokenlife.model.Progress;
import dev.tokenlife.spi.Page;
import dev.tokenlife.spi.StoreContents;
import dev.tokenlife.spi.StoreItem;
import dev.tokenlife.spi.TokenStore;
import dev.tokenlife.time.TimeSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes everything a store holds into a file of JSON lines, a page of {@value #PAGE} at a time.
 * Others may go on writing: what they write meanwhile is in it or not, and each chain is one state
 * it really had. Secrets of upstreams stay sealed, and tokens that were issued cannot be made again
 * from it. Not thread-safe; runs on the calling thread.
 *
 * <pre>{@code
 * Backup.of(store).writeTo(Path.of("tokens.jsonl"));
 * }</pre>
 */
public final class Backup {
  static final int PAGE = 1_000;

  private final TokenStore store;
  private final StoreContents contents;
  private final List<String> tables = new ArrayList<>();
  private @Nullable PlainTables plain;
  private String source = "";
  private boolean counting;
  private TimeSource time = TimeSource.system();
  private Consumer<Progress> told = any -> {};

  private Backup(TokenStore store) {
    this.store = store;
    this.contents = contentsOf(store);
  }

  /**
   * Starts describing a backup.
   *
   * @throws BackupException if the store has no {@link TokenStore#contents()}
   */
  public static Backup of(TokenStore store) {
    return new Backup(store);
  }

  /** Takes tables of the application along, which must be there. */
  public Backup tables(PlainTables from, List<String> names) {
    plain = from;
    tables.addAll(names);
    return this;
  }

  /** Names the store for people, and so that no other one is continued by mistake. */
  public Backup source(String name) {
    source = name;
    return this;
  }

  /** Counts everything first, for a progress with a total: as many requests again. Default: off. */
  public Backup countFirst(boolean on) {
    counting = on;
    return this;
  }

  /** Is told after every page. What it throws ends the attempt. */
  public Backup progress(Consumer<Progress> listener) {
    told = listener;
    return this;
  }

  /** Takes time from elsewhere. Default: this machine's. */
  public Backup time(TimeSource from) {
    time = from;
    return this;
  }

  /**
   * Writes the file. Until it is whole it is called {@code <file>.part}; after any failure the same
   * call continues it, and repeats at most one page.
   *
   * @return what is in it
   * @throws BackupException if the file exists, or cannot be written
   * @throws dev.tokenlife.spi.StoreException if the store fails: call again
   */
  public BackupReport writeTo(Path file) {
    try (BackupFile out = BackupFile.open(file, Checkpoint.start(source, List.copyOf(tables)))) {
      ProgressTeller teller = ProgressTeller.start(time, counting ? count() : 0, told);
      Checkpoint at = out.start();
      if (at.bytes() == 0) {
        out.write(new Line.Header(BackupReader.FORMAT, source, time.wallMillis()));
        store.leases().map(EpochRaise::of).ifPresent(epochs -> epochs.forEach(out::write));
      }
      while (!at.isAtEnd()) {
        Page<Line> page = read(at);
        BackupReport report = at.report();
        for (Line line : page.items()) {
          out.write(line);
          report = report.plus(line);
        }
        at = at.after(report, page.next().orElse(null));
        out.checkpoint(at);
        teller.tell(report.total());
      }
      out.write(new Line.End(at.report()));
      out.finish();
      return at.report();
    }
  }

  private Page<Line> read(Checkpoint at) {
    Optional<String> cursor = Optional.ofNullable(at.cursor());
    String table = at.table();
    if (table != null && plain != null) {
      Page<PlainRow> page = plain.read(table, Optional.empty(), cursor, PAGE);
      return new Page<>(
          page.items().stream().<Line>map(row -> new Line.Row(table, row)).toList(), page.next());
    }
    Page<StoreItem> page = contents.read(cursor, PAGE);
    return new Page<>(page.items().stream().map(Backup::line).toList(), page.next());
  }

  private static Line line(StoreItem item) {
    return new Line.Item(
        item instanceof StoreItem.Chain chain
            ? new StoreItem.Chain(Renewal.stripped(chain.row()))
            : item);
  }

  private long count() {
    long count = 0;
    Checkpoint at = Checkpoint.start(source, tables);
    while (!at.isAtEnd()) {
      Page<Line> page = read(at);
      count += page.items().size();
      at = at.after(at.report(), page.next().orElse(null));
    }
    return count;
  }

  static StoreContents contentsOf(TokenStore store) {
    return store
        .contents()
        .orElseThrow(
            () ->
                new BackupException(
                    store.getClass().getName() + " cannot be moved: it has no contents()"));
  }
}
