package dev.tokenlife.examples.due;

import dev.tokenlife.spi.StoreException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One pass, or one every so often: {@code --every 30m}; {@code --demo 100} needs no server. The
 * exit code is 0 if everything due was refreshed, 1 if not, 2 if the environment is incomplete.
 */
public final class Main {
  private static final Logger log = LoggerFactory.getLogger(Main.class);
  private static final Duration MARGIN = Duration.ofMinutes(5);

  private Main() {}

  /** Runs the pass. */
  public static void main(String[] args) throws InterruptedException {
    System.exit(run(List.of(args)));
  }

  private static int run(List<String> args) throws InterruptedException {
    try {
      boolean repeated = args.contains("--every");
      return pass(args, repeated ? Settings.parse(after(args, "--every")) : Duration.ZERO);
    } catch (IllegalArgumentException incomplete) {
      System.err.println(incomplete.getMessage());
      return 2;
    } catch (StoreException unreachable) {
      System.err.println("STORE_CREDENTIALS: " + unreachable.getMessage());
      return 1;
    }
  }

  private static int pass(List<String> args, Duration every) throws InterruptedException {
    try (RefreshDue due = due(args, every)) {
      System.out.println(due.handle());
      while (!every.isZero()) {
        Thread.sleep(every.toMillis());
        System.out.println(due.handle());
      }
      return due.isClean() ? 0 : 1;
    }
  }

  private static RefreshDue due(List<String> args, Duration every) {
    Settings settings = new Settings(System.getenv());
    Duration horizon = settings.duration("HORIZON", every.plus(MARGIN));
    if (horizon.compareTo(every) < 0) {
      log.atWarn()
          .addKeyValue("horizon", horizon)
          .addKeyValue("every", every)
          .log("The horizon is shorter than the interval: tokens expire between two passes");
    }
    return args.contains("--demo")
        ? RefreshDue.demo(settings, horizon, Integer.parseInt(after(args, "--demo")))
        : RefreshDue.of(settings, horizon);
  }

  private static String after(List<String> args, String option) {
    int at = args.indexOf(option) + 1;
    if (at >= args.size()) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    return args.get(at);
  }
}
