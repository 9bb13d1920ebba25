package dev.tokenlife.examples.fleet.settings;

import dev.tokenlife.scheduler.Keep;
import dev.tokenlife.scheduler.PrioritySettings;
import dev.tokenlife.scheduler.guard.GuardSettings;
import java.time.Duration;
import java.util.List;

/** Makes options of the command line. */
public final class OptionReader {
  /** All options, with the values that hold if nothing is said. */
  public static final String USAGE =
      """
      Ten thousand grants at three fragile identity providers.

      What happens
        --users 10000          how many people, a third at each provider
        --for 3m               how long after the warm-up; exit code 0 only if every promise was kept
        --lifetime 60s         how long an access token lives
        --outage 60s           how long provider B is down
        --rate 200             how many calls a second provider A takes
        --revoke 1%            how many grants provider C takes back
        --latency 40ms         how long a provider takes for an answer, give or take a half
        --day 2m               the users' day; by night a third of them sleeps
        --read-every 4s        how often somebody who is awake reads a token
        --callers 32           how many threads read tokens
        --seed 1               another seed, other users
      How the library is set
        --workers 64           refreshes at a time, over all providers
        --per-provider 32      refreshes at a time at one provider
        --reserved 4           of these kept for planned work
        --queue 2000000        the most refreshes that wait
        --keep if-used         which tokens are refreshed ahead: always, if-used, never
        --guard-rate 160       most calls a second to A (80 % of --rate); 0 leaves it to A's 429
        --first-open 1s        how long the breaker is open at first; doubles
        --longest-open 5s      the longest it is open
        --ramp 15s             how long a recovery is paced
        --slow-probe 60s       when a refused grant is tried again
        --caller-deadline 5s   how long a caller without a token waits
      Where
        --port 8090            the dashboard, on 127.0.0.1; 0 takes a free port
        --help                 show this
      """;

  private final Arguments given;

  private OptionReader(Arguments given) {
    this.given = given;
  }

  /**
   * Reads the arguments.
   *
   * @throws IllegalArgumentException saying what is wrong with which
   */
  public static Options read(List<String> arguments) {
    OptionReader reader = new OptionReader(new Arguments(arguments));
    Scenario scenario = reader.scenario();
    Options options =
        new Options(
            scenario,
            reader.tuning(scenario),
            reader.given.number("--port", 8090, 0, 65_535),
            reader.given.number("--callers", 32, 1, 1_000),
            reader.given.number("--seed", 1, 0, Integer.MAX_VALUE));
    reader.given.refuseTheRest();
    return options;
  }

  private Scenario scenario() {
    return new Scenario(
        given.number("--users", 10_000, 30, 1_000_000),
        given.duration("--for", Duration.ofMinutes(3)),
        given.duration("--lifetime", Duration.ofSeconds(60)),
        given.duration("--outage", Duration.ofSeconds(60)),
        given.percent("--revoke", 0.01),
        given.number("--rate", 200, 1, 100_000),
        given.duration("--latency", Duration.ofMillis(40)),
        given.duration("--day", Duration.ofMinutes(2)),
        given.duration("--read-every", Duration.ofSeconds(4)));
  }

  private Tuning tuning(Scenario scenario) {
    return new Tuning(
        engine(),
        guard(),
        given.number("--guard-rate", Math.max(1, scenario.rate() * 80 / 100), 0, 100_000),
        given.duration("--slow-probe", Duration.ofSeconds(60)),
        given.duration("--caller-deadline", Duration.ofSeconds(5)));
  }

  private PrioritySettings engine() {
    PrioritySettings usual = PrioritySettings.DEFAULT;
    return new PrioritySettings(
        given.number("--queue", usual.capacity(), 1, Integer.MAX_VALUE),
        given.number("--workers", usual.workers(), 1, 1_000),
        given.number("--per-provider", usual.perUpstream(), 1, 1_000),
        given.number("--reserved", usual.reserved(), 0, 1_000),
        given.choice("--keep", Keep.IF_USED));
  }

  private GuardSettings guard() {
    return GuardSettings.DEFAULT
        .open(
            given.duration("--first-open", Duration.ofSeconds(1)),
            given.duration("--longest-open", Duration.ofSeconds(5)))
        .ramp(given.duration("--ramp", Duration.ofSeconds(15)));
  }
}
