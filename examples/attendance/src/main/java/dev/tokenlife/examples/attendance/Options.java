package dev.tokenlife.examples.attendance;

import dev.tokenlife.examples.attendance.lesson.CodeRules;
import dev.tokenlife.examples.attendance.lesson.CodeType;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What the program was started with.
 *
 * @param host where to listen
 * @param port which port; 0 for a free one
 * @param url what links begin with; empty for what the browser uses
 * @param store where things are kept
 * @param rules how codes behave
 * @param push whether pages are told of changes
 * @param simulate how many students to simulate; 0 for none
 * @param duration after which the program ends by itself; empty for never
 */
public record Options(
    String host,
    int port,
    Optional<String> url,
    String store,
    CodeRules rules,
    boolean push,
    int simulate,
    Optional<Duration> duration) {
  /** A shown time of 10 s, on a free port of this machine, in memory. */
  public static Options standard() {
    return new Options(
        "127.0.0.1",
        0,
        Optional.empty(),
        "memory",
        new CodeRules(Duration.ofSeconds(10), false, Set.<CodeType>of()),
        false,
        0,
        Optional.empty());
  }

  /** The same with other rules. */
  public Options with(CodeRules other) {
    return new Options(host, port, url, store, other, push, simulate, duration);
  }

  /** The same, pushing. */
  public Options pushing() {
    return new Options(host, port, url, store, rules, true, simulate, duration);
  }
}
