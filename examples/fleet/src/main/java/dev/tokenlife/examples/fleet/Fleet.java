package dev.tokenlife.examples.fleet;

import dev.tokenlife.examples.fleet.course.Population;
import dev.tokenlife.examples.fleet.course.World;
import dev.tokenlife.examples.fleet.dashboard.Dashboard;
import dev.tokenlife.examples.fleet.dashboard.History;
import dev.tokenlife.examples.fleet.record.RunClock;
import dev.tokenlife.examples.fleet.service.Service;
import dev.tokenlife.examples.fleet.service.SignIns;
import dev.tokenlife.examples.fleet.service.Sites;
import dev.tokenlife.examples.fleet.settings.OptionReader;
import dev.tokenlife.examples.fleet.settings.Options;
import dev.tokenlife.examples.fleet.settings.Scenario;
import dev.tokenlife.examples.fleet.users.Crowd;
import dev.tokenlife.examples.fleet.users.Day;
import dev.tokenlife.examples.fleet.view.Terminal;
import dev.tokenlife.time.TimeSource;
import java.io.IOException;
import java.util.List;

/** The program. */
public final class Fleet {
  private Fleet() {}

  /** Runs as long as it was told; the exit code is 0 only if every promise was kept. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    List<String> given = List.of(arguments);
    if (given.contains("--help")) {
      System.out.print(OptionReader.USAGE);
      return;
    }
    int code;
    try {
      code = run(OptionReader.read(given)) ? 0 : 1;
    } catch (IllegalArgumentException wrong) {
      System.err.println(wrong.getMessage());
      System.err.println("--help shows all options");
      code = 2;
    }
    System.exit(code);
  }

  private static boolean run(Options options) throws IOException, InterruptedException {
    RunClock clock = RunClock.start(TimeSource.system());
    Scenario scenario = options.scenario();
    SignIns signIns = new SignIns(clock);
    History history = new History();
    Terminal terminal = Terminal.standard();
    try (Sites sites = Sites.open(options, clock);
        Dashboard dashboard = Dashboard.open(options.port(), history);
        Service service = Service.start(sites, options.tuning(), signIns, clock.time())) {
      terminal.say("Dashboard: " + dashboard.address());
      Population population = new Population(sites, scenario.users(), options.seed());
      Day day = new Day(scenario.day(), scenario.readEvery());
      try (Crowd crowd = new Crowd(population.people(), day, clock)) {
        World world = new World(options, sites, service, signIns, crowd, clock);
        return new Run(world, terminal, history).go(population);
      }
    }
  }
}
