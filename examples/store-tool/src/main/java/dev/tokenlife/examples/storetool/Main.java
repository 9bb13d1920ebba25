package dev.tokenlife.examples.storetool;

import dev.tokenlife.model.TokenlifeException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs one command; see {@link Command}. */
public final class Main {
  private Main() {}

  /** Ends with 0, 1 if the tables or the file are at fault, 2 if it was called in a wrong way. */
  public static void main(String[] args) {
    System.exit(run(List.of(args), System.getenv(), System.out, System.err));
  }

  static int run(
      List<String> args, Map<String, String> environment, PrintStream out, PrintStream err) {
    try {
      if (args.isEmpty()) {
        throw new UsageException("say what to do; try --help");
      }
      if (args.contains("--help")) {
        out.println(help(args.get(0)));
        return 0;
      }
      Command command = Command.named(args.get(0));
      List<String> rest = args.subList(1, args.size());
      command.check(rest);
      try (Account account = Account.open(new Settings(environment))) {
        command.run(rest, account, out);
      }
      return 0;
    } catch (UsageException wrong) {
      err.println(wrong.getMessage());
      return 2;
    } catch (TokenlifeException | UncheckedIOException failed) {
      err.println(failed.getMessage());
      return 1;
    }
  }

  private static String help(String first) {
    String commands =
        first.equals("--help")
            ? Stream.of(Command.values()).map(Command::help).collect(Collectors.joining())
            : Command.named(first).help();
    return "usage:\n" + commands + Command.ENVIRONMENT.stripTrailing();
  }
}
