package dev.tokenlife.examples.cluster;

import dev.tokenlife.examples.cluster.step.Step;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the command line. */
final class OptionReader {
  static final String USAGE =
      """
      Processes on one store share grants and lose each other.

        --grants 3000      how many grants they share
        --nodes 3          how many processes there are when a round begins
        --engine scheduled or priority
        --lifetime 80s     how long an access token lives, in whole seconds
        --steps kill,pause,join,leave   what happens in a round; also skew and cut
        --pause 60s        how long a process stands still, or is cut off from the store
        --for 2m           begin rounds until then, one at least
        --refreshes 100000 and until there were so many refreshes
        --reads 20         tokens that the callers of each process ask for per second
        --help             show this
      """;

  private static final Pattern DURATION = Pattern.compile("([0-9]{1,6})(s|m|h)");

  private int grants = 3_000;
  private int nodes = 3;
  private String engine = "scheduled";
  private Duration lifetime = Duration.ofSeconds(80);
  private Duration pause = Duration.ofSeconds(60);
  private List<Step> steps = List.of(Step.KILL, Step.PAUSE, Step.JOIN, Step.LEAVE);
  private Duration length = Duration.ofSeconds(1);
  private int refreshes;
  private int reads = 20;

  private OptionReader() {}

  /**
   * Reads the arguments.
   *
   * @throws IllegalArgumentException saying what is wrong with which
   */
  static Options read(List<String> arguments) {
    OptionReader reader = new OptionReader();
    Deque<String> left = new ArrayDeque<>(arguments);
    while (!left.isEmpty()) {
      reader.read(left.removeFirst(), left);
    }
    return new Options(
        reader.grants,
        reader.nodes,
        reader.engine,
        reader.lifetime,
        reader.pause,
        reader.steps,
        reader.length,
        reader.refreshes,
        reader.reads);
  }

  private void read(String option, Deque<String> left) {
    switch (option) {
      case "--grants" -> grants = number(option, left.pollFirst(), 64, 100_000);
      case "--nodes" -> nodes = number(option, left.pollFirst(), 2, 16);
      case "--engine" -> engine = engine(left.pollFirst());
      case "--lifetime" -> lifetime = duration(option, left.pollFirst());
      case "--pause" -> pause = duration(option, left.pollFirst());
      case "--steps" -> steps = steps(left.pollFirst());
      case "--for" -> length = duration(option, left.pollFirst());
      case "--refreshes" -> refreshes = number(option, left.pollFirst(), 0, 100_000_000);
      case "--reads" -> reads = number(option, left.pollFirst(), 0, 10_000);
      default -> throw new IllegalArgumentException("unknown option " + option);
    }
  }

  private static int number(String option, String value, int least, int most) {
    try {
      int number = Integer.parseInt(String.valueOf(value));
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException notOne) {
      // Refused below, with the bounds.
    }
    throw new IllegalArgumentException(
        option + " takes a number from " + least + " to " + most + ", not " + value);
  }

  private static Duration duration(String option, String value) {
    Matcher matcher = DURATION.matcher(String.valueOf(value));
    if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
      throw new IllegalArgumentException(option + " takes a time like 10s, 2m or 1h, not " + value);
    }
    return Duration.parse("PT" + matcher.group(1) + matcher.group(2).toUpperCase(Locale.ROOT));
  }

  private static String engine(String value) {
    if (!"scheduled".equals(value) && !"priority".equals(value)) {
      throw new IllegalArgumentException("--engine takes scheduled or priority, not " + value);
    }
    return value;
  }

  private static List<Step> steps(String value) {
    List<Step> steps = new ArrayList<>();
    for (String name : String.valueOf(value).split(",", -1)) {
      steps.add(
          Arrays.stream(Step.values())
              .filter(step -> step.word().equals(name))
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException(unknown(name))));
    }
    return steps;
  }

  private static String unknown(String name) {
    return "--steps takes some of "
        + Arrays.stream(Step.values()).map(Step::word).collect(Collectors.joining(","))
        + ", not "
        + name;
  }
}
