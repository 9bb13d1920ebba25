package dev.tokenlife.examples.attendance;

import dev.tokenlife.examples.attendance.lesson.CodeRules;
import dev.tokenlife.examples.attendance.lesson.CodeType;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the command line. */
final class OptionReader {
  static final String USAGE =
      """
      Attendance by a code that passes from hand to hand.

        --port 8080       where to listen; 0 takes a free port
        --host 127.0.0.1  on which address; 0.0.0.0 lets phones in the same network in
        --url URL         what the codes' links begin with, where phones reach this machine
        --rotate 10s      how often the code on the screen changes
        --push            tell pages of changes by server-sent events, instead of polling
        --challenge       the scanner types a code that the holder's page shows
        --sealed LATE     make LATE (or EARLY) a wall code that many may scan
        --simulate 30     let 30 students and a teacher use it over HTTP
        --for 30s         end after that time; exit code 0 only if nothing went wrong
        --store memory    where to keep things: memory, or azure for Azure Table Storage and its
                          emulator, which AZURE_STORAGE_CONNECTION_STRING and TOKENLIFE_KEYS name
        --help            show this
      """;

  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");
  private static final int MOST_SIMULATED = 1000;

  private String host = "127.0.0.1";
  private int port = 8080;
  private Optional<String> url = Optional.empty();
  private String store = "memory";
  private Duration rotate = Duration.ofSeconds(10);
  private boolean challenge;
  private boolean push;
  private int simulate;
  private final Set<CodeType> sealed = EnumSet.noneOf(CodeType.class);
  private Optional<Duration> duration = Optional.empty();

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
    CodeRules rules = new CodeRules(reader.rotate, reader.challenge, reader.sealed);
    return new Options(
        reader.host,
        reader.port,
        reader.url,
        reader.store,
        rules,
        reader.push,
        reader.simulate,
        reader.duration);
  }

  private void read(String option, Deque<String> left) {
    switch (option) {
      case "--port" -> port = number(option, value(option, left), 0, 65_535);
      case "--host" -> host = value(option, left);
      case "--url" -> url = Optional.of(url(value(option, left)));
      case "--rotate" -> rotate = duration(option, value(option, left));
      case "--push" -> push = true;
      case "--challenge" -> challenge = true;
      case "--sealed" -> sealed.add(wallType(value(option, left)));
      case "--simulate" -> simulate = number(option, value(option, left), 4, MOST_SIMULATED);
      case "--for" -> duration = Optional.of(duration(option, value(option, left)));
      case "--store" -> store = value(option, left);
      default -> throw new IllegalArgumentException("unknown option " + option);
    }
  }

  private static String value(String option, Deque<String> left) {
    String value = left.pollFirst();
    if (value == null) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    return value;
  }

  private static int number(String option, String value, int least, int most) {
    try {
      int number = Integer.parseInt(value);
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
    Matcher matcher = DURATION.matcher(value);
    if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
      throw new IllegalArgumentException(
          option + " takes a time like 500ms, 10s, 2m or 1h, not " + value);
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      default -> Duration.ofHours(amount);
    };
  }

  private static CodeType wallType(String value) {
    for (CodeType type : CodeType.values()) {
      if (type.name().equals(value) && !type.isSeeded()) {
        return type;
      }
    }
    throw new IllegalArgumentException("--sealed takes LATE or EARLY, not " + value);
  }

  private static String url(String value) {
    if (!value.matches("https?://[A-Za-z0-9.:\\[\\]-]+/?")) {
      throw new IllegalArgumentException(
          "--url takes an address like http://192.168.1.5:8080, not " + value);
    }
    return value.endsWith("/") ? value.substring(0, value.length() - 1) : value;
  }
}
