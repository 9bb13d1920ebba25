package dev.tokenlife.examples.fleet.service;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the named figures of {@code Tokens.status()} and {@code ResilienceGuard.status()}. */
public final class Figures {
  private Figures() {}

  /** Returns a figure that is a table of others; empty if it is not. */
  public static Map<?, ?> map(@Nullable Object figure) {
    return figure instanceof Map<?, ?> map ? map : Map.of();
  }

  /** Returns a figure that is a number; zero if it is not. */
  public static long number(@Nullable Object figure) {
    return figure instanceof Number number ? number.longValue() : 0;
  }

  /** Returns a table of numbers. */
  public static Map<String, Integer> counts(@Nullable Object figure) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    map(figure).forEach((name, count) -> counts.put(String.valueOf(name), (int) number(count)));
    return counts;
  }

  /** Returns what the guard does with a provider, in one word or two. */
  public static String state(Map<?, ?> guard, boolean parked) {
    String breaker = String.valueOf(guard.get("breaker"));
    if (breaker.equals("OPEN")) {
      return "open";
    }
    if (breaker.equals("HALF_OPEN")) {
      return "half open";
    }
    if (number(guard.get("pausedMillis")) > 0) {
      return "paused";
    }
    if (Boolean.TRUE.equals(guard.get("recovering"))) {
      return "recovering";
    }
    return parked ? "held back" : "closed";
  }
}
