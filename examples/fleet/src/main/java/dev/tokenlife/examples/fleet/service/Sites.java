package dev.tokenlife.examples.fleet.service;

import dev.tokenlife.examples.fleet.record.RunClock;
import dev.tokenlife.examples.fleet.settings.Options;
import dev.tokenlife.examples.fleet.settings.Scenario;
import dev.tokenlife.examples.fleet.users.Person;
import dev.tokenlife.scheduler.guard.GuardSettings;
import java.io.IOException;
import java.util.List;

/**
 * The three providers.
 *
 * @param limited has a rate limit
 * @param falling goes down for a while
 * @param revoking takes grants back
 */
public record Sites(Site limited, Site falling, Site revoking) implements AutoCloseable {
  /** Opens all three on free ports. */
  public static Sites open(Options options, RunClock clock) throws IOException {
    // Small answers must not wait for the acknowledgement of the one before.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    Scenario scenario = options.scenario();
    GuardSettings guard = options.tuning().guard();
    GuardSettings paced = guard.rate(options.tuning().guardRate());
    return new Sites(
        Site.open("A", scenario, scenario.rate(), paced, clock),
        Site.open("B", scenario, 0, guard, clock),
        Site.open("C", scenario, 0, guard, clock));
  }

  /** Returns all three. */
  public List<Site> all() {
    return List.of(limited, falling, revoking);
  }

  /** Returns where a person has their grant. */
  public Site of(Person person) {
    return all().stream()
        .filter(site -> site.name().equals(person.key().partition()))
        .findFirst()
        .orElseThrow();
  }

  /** Returns who is to stay untouched while another is down. */
  public List<Site> bystanders() {
    return List.of(limited, revoking);
  }

  @Override
  public void close() {
    all().forEach(Site::close);
  }
}
