package dev.tokenlife.examples.storetool;

import dev.tokenlife.backup.Backup;
import dev.tokenlife.backup.BackupReport;
import dev.tokenlife.backup.Restore;
import dev.tokenlife.model.Progress;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** From the tables into a file, and back. Progress goes to standard error. */
final class Moves {
  private Moves() {}

  static void backup(Account account, String file, boolean counting, PrintStream out) {
    String chains = account.prefix() + "Chains";
    if (!account.tables().names().contains(chains)) {
      throw new UsageException(
          "there is nothing to back up: "
              + account.place()
              + " has no table "
              + chains
              + "; see to "
              + Settings.PREFIX
              + " and "
              + Settings.CONNECTION);
    }
    account.store().initialize();
    List<String> tables = account.presentAppTables();
    BackupReport report =
        Backup.of(account.store())
            .source(account.place() + "/" + account.prefix())
            .tables(account.tables(), tables)
            .countFirst(counting)
            .progress(Moves::tell)
            .writeTo(Path.of(file));
    out.println(written(report) + " of " + tables + " in " + file);
  }

  static void restore(Account account, String file, PrintStream out) {
    account.store().initialize();
    BackupReport report =
        Restore.into(account.store())
            .tables(account.tables())
            .progress(Moves::tell)
            .from(Path.of(file));
    out.println(
        written(report) + " from " + file + "; " + report.present() + " were there already");
    out.println(
        "tokens from before the backup are refused from now on; processes may be started again");
  }

  private static String written(BackupReport report) {
    return report.chains()
        + " chains, "
        + report.companions()
        + " companions, "
        + report.rows()
        + " rows";
  }

  private static void tell(Progress progress) {
    System.err.println(text(progress));
  }

  static String text(Progress progress) {
    String rate = String.format(Locale.ROOT, "%.0f/s", progress.rate());
    if (progress.total() == 0) {
      return progress.done() + " done, " + rate;
    }
    Duration left = progress.remaining();
    return progress.done()
        + " of "
        + progress.total()
        + ", "
        + rate
        + ", "
        + (left.toSeconds() + (left.toMillisPart() > 0 ? 1 : 0))
        + " s left";
  }
}
