package dev.tokenlife.examples.fleet.settings;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Arguments of the form {@code --name value}, each taken at most once. */
final class Arguments {
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");
  private static final Pattern PERCENT = Pattern.compile("([0-9]{1,3}(\\.[0-9]+)?)%");

  private final Map<String, String> given = new LinkedHashMap<>();

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException naming the one that is wrong
   */
  Arguments(List<String> arguments) {
    for (int i = 0; i < arguments.size(); i += 2) {
      String name = arguments.get(i);
      if (!name.startsWith("--") || i + 1 == arguments.size()) {
        throw new IllegalArgumentException(
            name + (name.startsWith("--") ? " needs a value" : " is no option"));
      }
      if (given.put(name, arguments.get(i + 1)) != null) {
        throw new IllegalArgumentException(name + " is given twice");
      }
    }
  }

  /** Refuses what nobody asked for. */
  void refuseTheRest() {
    if (!given.isEmpty()) {
      throw new IllegalArgumentException("unknown option " + given.keySet().iterator().next());
    }
  }

  int number(String name, int otherwise, int least, int most) {
    return taken(name, value -> inRange(value, least, most)).orElse(otherwise);
  }

  Duration duration(String name, Duration otherwise) {
    return taken(name, Arguments::duration).orElse(otherwise);
  }

  double percent(String name, double otherwise) {
    return taken(name, Arguments::percent).orElse(otherwise);
  }

  <E extends Enum<E>> E choice(String name, E otherwise) {
    Class<E> type = otherwise.getDeclaringClass();
    return taken(
            name, value -> Enum.valueOf(type, value.toUpperCase(Locale.ROOT).replace('-', '_')))
        .orElse(otherwise);
  }

  private <T> Optional<T> taken(String name, Function<String, T> read) {
    String value = given.remove(name);
    if (value == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(read.apply(value));
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(
          name + " does not take " + value + ": " + wrong.getMessage(), wrong);
    }
  }

  private static int inRange(String value, int least, int most) {
    if (value.matches("[0-9]{1,9}")) {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw new IllegalArgumentException("give a number from " + least + " to " + most);
  }

  private static Duration duration(String value) {
    Matcher matcher = DURATION.matcher(value);
    if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
      throw new IllegalArgumentException("give a time like 500ms, 10s, 2m or 1h");
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      default -> Duration.ofHours(amount);
    };
  }

  private static double percent(String value) {
    Matcher matcher = PERCENT.matcher(value);
    double share = matcher.matches() ? Double.parseDouble(matcher.group(1)) / 100 : 2;
    if (share > 1) {
      throw new IllegalArgumentException("give a share like 1% or 0.5%");
    }
    return share;
  }
}
