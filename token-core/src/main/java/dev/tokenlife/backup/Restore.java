package dev.tokenlife.backup;

import dev.tokenlife.model.Progress;
import dev.tokenlife.spi.TokenStore;
import dev.tokenlife.time.TimeSource;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Fills a store from what {@link Backup} wrote. The file is read to its end before anything is
 * written, so that half a backup is refused as a whole. What the target holds already stays as it
 * is. Not thread-safe; runs on the calling thread.
 *
 * <ul>
 *   <li>Chains that were issued here get new nonces: tokens from before the backup never verify
 *       again. Holders that poll get new ones; a {@code RefreshFamily} has to be signed in anew.
 *   <li>Fetched chains go on with the sealed tokens they had; the target needs the same key ring. A
 *       single-use refresh token that was used since the backup is refused by its upstream.
 *   <li>Due hints and the holder index are made anew, shards are free and their epochs raised.
 * </ul>
 *
 * <p>Stop every process that uses the target first, and start them when this has returned.
 */
public final class Restore {
  private final TokenStore store;
  private @Nullable PlainTables plain;
  private TimeSource time = TimeSource.system();
  private Consumer<Progress> told = any -> {};

  private Restore(TokenStore store) {
    this.store = store;
  }

  /** Starts describing a restore. */
  public static Restore into(TokenStore store) {
    return new Restore(store);
  }

  /** Says where rows of the application's tables go. Without, a backup that has some is refused. */
  public Restore tables(PlainTables to) {
    plain = to;
    return this;
  }

  /** Is told after every few thousand lines. What it throws ends the attempt. */
  public Restore progress(Consumer<Progress> listener) {
    told = listener;
    return this;
  }

  /** Takes time from elsewhere. Default: this machine's. */
  public Restore time(TimeSource from) {
    time = from;
    return this;
  }

  /**
   * Reads the file into the store. After any failure the same call goes on: it passes quickly over
   * what is there.
   *
   * @return what the backup holds, and how much of it was there already
   * @throws BackupException naming the line, if the file is not a whole backup; nothing was written
   * @throws dev.tokenlife.spi.StoreException if the store fails: call again
   */
  public BackupReport from(Path file) {
    BackupReport report = BackupReader.verified(file);
    if (report.rows() > 0 && plain == null) {
      throw new BackupException(
          file + " has rows of the application's tables: say with tables(...) where they go");
    }
    ProgressTeller teller = ProgressTeller.start(time, report.total(), told);
    Arrivals arrivals = new Arrivals(Backup.contentsOf(store), plain);
    Map<String, Long> epochs = new HashMap<>();
    try (BackupReader reader = new BackupReader(file)) {
      for (Optional<Line> line = reader.next(); line.isPresent(); line = reader.next()) {
        if (line.get() instanceof Line.Epoch epoch) {
          epochs.put(epoch.shard(), epoch.epoch());
        } else if (arrivals.isFullBefore(line.get())) {
          arrivals.flush();
          teller.tell(arrivals.done());
        }
        arrivals.add(line.get());
      }
    }
    arrivals.flush();
    store.leases().ifPresent(table -> new EpochRaise(table, epochs).run());
    teller.tell(arrivals.done());
    return report.foundPresent(arrivals.present());
  }
}
