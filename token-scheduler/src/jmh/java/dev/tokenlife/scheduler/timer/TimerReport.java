package dev.tokenlife.scheduler.timer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Measures the timer beside its peers and prints the tables of docs/benchmarks.md, with the ratio
 * to the JDK's executor in the same run. Arguments choose among operations, memory and lateness.
 */
public final class TimerReport {
  private static final List<String> PEERS = List.of("executor", "netty", "agrona", "wheel", "loop");

  private TimerReport() {}

  /** Runs what is asked for, or all. */
  public static void main(String... args) throws Exception {
    List<String> parts =
        args.length == 0 ? List.of("memory", "lateness", "operations") : List.of(args);
    System.out.printf(
        "JDK %s, %d processors, %s%n",
        Runtime.version(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name"));
    for (String part : parts) {
      switch (part) {
        case "operations" -> operations();
        case "memory" -> memory();
        case "lateness" -> fork(TimerLateness.class, "-Xmx3g");
        default -> throw new IllegalArgumentException(part);
      }
    }
  }

  private static void operations() throws Exception {
    Collection<RunResult> results =
        new Runner(new OptionsBuilder().include(TimerBenchmark.class.getName()).build()).run();
    Map<String, Map<String, Double>> rows = new TreeMap<>();
    for (RunResult result : results) {
      String benchmark = result.getParams().getBenchmark();
      int armed = Integer.parseInt(result.getParams().getParam("armed")) / 1_000_000;
      String row = benchmark.substring(benchmark.lastIndexOf('.') + 1) + " at " + armed + " M";
      rows.computeIfAbsent(row, key -> new TreeMap<>())
          .put(result.getParams().getParam("peer"), processorNanos(result));
    }
    System.out.println("\n| processor ns, median | limit | " + String.join(" | ", PEERS) + " |");
    System.out.println("|---".repeat(PEERS.size() + 2) + "|");
    rows.forEach((row, figures) -> System.out.println(line(row, figures)));
  }

  private static String line(String row, Map<String, Double> figures) {
    StringBuilder line = new StringBuilder("| " + row);
    line.append(String.format(Locale.ROOT, " | %.0f", figures.get("memory")));
    for (String peer : PEERS) {
      double figure = figures.get(peer);
      double ratio = figure / figures.get("executor");
      line.append(String.format(Locale.ROOT, " | %.0f (%.2f)", figure, ratio));
    }
    return line + " |";
  }

  /** Returns the median over the iterations, for one operation. */
  private static double processorNanos(RunResult result) {
    double[] nanos =
        result.getBenchmarkResults().stream()
            .flatMap(fork -> fork.getIterationResults().stream())
            .mapToDouble(each -> each.getSecondaryResults().get("nanos").getScore())
            .sorted()
            .toArray();
    return nanos[nanos.length / 2] / TimerBenchmark.OPERATIONS;
  }

  private static void memory() throws Exception {
    System.out.println("\n| 10 M armed | B per timer | full GC, ms more | idle, % of a core |");
    System.out.println("|---|---|---|---|");
    for (String peer : PEERS) {
      fork(TimerMemory.class, "-Xmx4g", peer);
    }
    fork(TimerMemory.class, "-Xmx4g", "loop", "distinct");
  }

  private static void fork(Class<?> main, String heap, String... args) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(heap, "-Xms" + heap.substring(4), "-XX:+UseG1GC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(args));
    new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.INHERIT)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
