package dev.tokenlife.examples.storetool;

import java.io.PrintStream;
import java.util.List;
import java.util.NavigableSet;
import java.util.stream.Stream;

/** Creates what is missing and says what was there, and what is left over. */
record InitTables(Account account, PrintStream out) {
  private static final List<String> OURS = List.of("Chains", "DueIndex", "Leases");

  /** Where an earlier generation of applications kept codes, each of them the key of its row. */
  private static final String LEFTOVER = "QRTokens";

  void run() {
    NavigableSet<String> before = account.tables().names();
    account.store().initialize();
    account.appTables().forEach(account.tables()::create);
    NavigableSet<String> after = account.tables().names();
    Stream.concat(OURS.stream().map(name -> account.prefix() + name), account.appTables().stream())
        .forEach(name -> say(name, before.contains(name), after.contains(name)));
    after.stream().filter(this::isLeftover).forEach(this::sayLeftover);
  }

  private void say(String name, boolean before, boolean after) {
    if (!after) {
      // The emulator and Azure disagree on whether names differ by case.
      out.println(name + "\tthere, under another spelling");
    } else {
      out.println(name + (before ? "\tthere" : "\tcreated"));
    }
  }

  private boolean isLeftover(String name) {
    return name.equals(LEFTOVER) || name.equals(account.prefix() + LEFTOVER);
  }

  private void sayLeftover(String name) {
    out.println(
        name
            + "\tleft over from an older application: nothing reads it any more. When no process of"
            + " that application runs, delete it with: az storage table delete --name "
            + name);
  }
}
