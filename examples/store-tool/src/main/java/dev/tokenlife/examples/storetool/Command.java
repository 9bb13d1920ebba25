package dev.tokenlife.examples.storetool;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** What can be done, and how it is said on the command line. */
enum Command {
  INIT_TABLES(
      "init-tables",
      0,
      0,
      """
      Creates the tables that are missing and checks the others. May be run at any time.
      """) {
    @Override
    void run(List<String> args, Account account, PrintStream out) {
      new InitTables(account, out).run();
    }
  },
  LIST(
      "list <table> [partition]",
      1,
      2,
      """
      Prints partition and row key of each row, separated by a tab.
      """) {
    @Override
    void run(List<String> args, Account account, PrintStream out) {
      TableRows.of(args, account).each(row -> out.println(RowText.key(args.get(0), row)));
    }
  },
  COUNT(
      "count <table> [partition]",
      1,
      2,
      """
      Prints how many rows there are.
      """) {
    @Override
    void run(List<String> args, Account account, PrintStream out) {
      out.println(TableRows.of(args, account).each(row -> {}));
    }
  },
  SHOW(
      "show <table> [partition]",
      1,
      2,
      """
      Prints the columns of each row; what is or may be a secret is hidden.
      """) {
    @Override
    void run(List<String> args, Account account, PrintStream out) {
      TableRows.of(args, account).each(row -> out.println(RowText.columns(args.get(0), row)));
    }
  },
  BACKUP(
      "backup <file> [--count]",
      1,
      2,
      """
      Writes everything into a file of JSON lines. Others may go on working. If it breaks off, the
      same command continues it. --count reads everything once more first, for a progress with a
      total.
      """) {
    @Override
    void run(List<String> args, Account account, PrintStream out) {
      boolean counting = args.size() == 2;
      if (counting && !args.get(1).equals("--count")) {
        throw new UsageException("backup does not know " + args.get(1) + "; try backup --help");
      }
      Moves.backup(account, args.get(0), counting, out);
    }
  },
  RESTORE(
      "restore <file>",
      1,
      1,
      """
      Fills the tables from a backup. What is there already stays as it is, so the same command
      finishes a restore that broke off. Stop every process that uses the tables first.
      """) {
    @Override
    void run(List<String> args, Account account, PrintStream out) {
      Moves.restore(account, args.get(0), out);
    }
  };

  static final String ENVIRONMENT =
      """

      environment:
        AZURE_STORAGE_CONNECTION_STRING   the account with its key or a SAS, or the emulator
        AZURE_STORAGE_ACCOUNT             instead: the account's name, for an identity of Entra ID
        TABLE_PREFIX                      what the names of the library's tables begin with
        APP_TABLES                        the application's own tables, separated by commas
                                          (default: Sessions,Attendance,UserSessions)

      exit code: 0 done, 1 the tables or the file are at fault, 2 the command line or environment is
      """;

  private final String syntax;
  private final int least;
  private final int most;
  private final String help;

  Command(String syntax, int least, int most, String help) {
    this.syntax = syntax;
    this.least = least;
    this.most = most;
    this.help = help;
  }

  abstract void run(List<String> args, Account account, PrintStream out);

  /** Returns the command of that name. */
  static Command named(String name) {
    for (Command command : values()) {
      if (command.word().equals(name)) {
        return command;
      }
    }
    throw new UsageException("there is no command '" + name + "'; try --help");
  }

  void check(List<String> args) {
    if (args.size() < least || args.size() > most) {
      throw new UsageException("usage: " + syntax);
    }
  }

  String help() {
    return "  " + syntax + "\n" + help.indent(6);
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
