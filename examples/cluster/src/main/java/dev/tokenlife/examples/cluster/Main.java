package dev.tokenlife.examples.cluster;

import dev.tokenlife.examples.cluster.verdict.Verdict;
import dev.tokenlife.examples.cluster.view.Summary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Several processes on one store share grants against a server that takes everything back when a
 * refresh token is used twice; they are killed, paused, cut off, and others come. The exit code is
 * 0 only if every promise was kept.
 */
public final class Main {
  private Main() {}

  /** Runs the example. */
  public static void main(String[] args) throws IOException, InterruptedException {
    List<String> arguments = List.of(args);
    if (arguments.contains("--help")) {
      System.out.print(OptionReader.USAGE);
      return;
    }
    Options options;
    try {
      options = OptionReader.read(arguments);
    } catch (IllegalArgumentException wrong) {
      System.err.println(wrong.getMessage());
      System.err.print(OptionReader.USAGE);
      System.exit(2);
      return;
    }
    Verdict verdict = new Cluster(options, directory()).run();
    Summary.print(System.out, verdict);
    System.exit(verdict.isKept() ? 0 : 1);
  }

  /** Everything that is installed or logged goes where the build's output is. */
  private static Path directory() {
    return Path.of(System.getProperty("cluster.directory", "target")).toAbsolutePath();
  }
}
