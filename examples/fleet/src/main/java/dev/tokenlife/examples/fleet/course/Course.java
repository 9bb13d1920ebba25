package dev.tokenlife.examples.fleet.course;

import dev.tokenlife.Warming;
import dev.tokenlife.examples.fleet.service.MassRefresh;
import dev.tokenlife.examples.fleet.service.Recovery;
import dev.tokenlife.examples.fleet.service.Site;
import dev.tokenlife.examples.fleet.settings.Scenario;
import dev.tokenlife.examples.fleet.users.Person;
import dev.tokenlife.model.Progress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What happens when, counted from the end of the warm-up: calm, grants taken back, an outage and
 * its end, a mass refresh. For one thread.
 */
public final class Course {
  private final World world;
  private final Scenario scenario;
  private final Warming warming;
  private final Marks marks = new Marks();
  private Phase phase = Phase.WARM_UP;
  private Duration warmAt = Duration.ZERO;
  private boolean revoked;
  private @Nullable Recovery recovery;
  private @Nullable MassRefresh mass;

  /** Begins with a warm-up that has been started. */
  public Course(World world, Warming warming) {
    this.world = world;
    this.scenario = world.options().scenario();
    this.warming = warming;
  }

  /** Returns where the run is. */
  public Phase phase() {
    return phase;
  }

  Marks marks() {
    return marks;
  }

  /** Returns the mass refresh at the end, once it has begun. */
  public Optional<MassRefresh> mass() {
    return Optional.ofNullable(mass);
  }

  /** Returns how far the work of this phase is, where there is such work. */
  public Optional<Progress> progress() {
    return switch (phase) {
      case WARM_UP -> Optional.of(warming.progress());
      case RECOVERY -> Optional.ofNullable(recovery).map(Recovery::progress);
      case FINALE, OVER -> mass().map(MassRefresh::progress);
      case STEADY, OUTAGE -> Optional.empty();
    };
  }

  /** Returns how long it all takes, as far as is known: the warm-up, and then the scenario. */
  public Duration length() {
    return warmAt.plus(scenario.length());
  }

  /** Does what is due. */
  public void step() {
    if (phase == Phase.WARM_UP) {
      warmUp();
      return;
    }
    Duration elapsed = world.clock().elapsed().minus(warmAt);
    if (!revoked && elapsed.compareTo(scenario.revokeAt()) >= 0) {
      revoked = true;
      revoke();
    }
    switch (phase) {
      case STEADY -> steady(elapsed);
      case OUTAGE -> outage(elapsed);
      case RECOVERY -> recovery(elapsed);
      case FINALE -> finale(elapsed);
      case WARM_UP, OVER -> {}
    }
  }

  private void warmUp() {
    if (warming.ended().isDone()) {
      warmAt = world.clock().elapsed();
      marks.warm = world.clock().second();
      phase = Phase.STEADY;
    }
  }

  private void steady(Duration elapsed) {
    if (elapsed.compareTo(scenario.outageAt()) >= 0) {
      world.sites().bystanders().forEach(site -> marks.failedBefore += failedReads(site));
      world.sites().falling().provider().down(true);
      marks.down = world.clock().second();
      phase = Phase.OUTAGE;
    }
  }

  private void outage(Duration elapsed) {
    if (elapsed.compareTo(scenario.outageUntil()) >= 0) {
      world.sites().falling().provider().down(false);
      marks.back = world.clock().second();
      world.sites().bystanders().forEach(site -> marks.failedMeanwhile += failedReads(site));
      marks.failedMeanwhile -= marks.failedBefore;
      recovery =
          Recovery.start(
              world.service().tokens(),
              world.crowd(),
              world.sites().falling().name(),
              world.clock());
      phase = Phase.RECOVERY;
    }
  }

  private void recovery(Duration elapsed) {
    Progress progress = progress().orElseThrow();
    marks.recovered = progress.total() == 0 ? 1 : progress.done() / (double) progress.total();
    boolean paces = world.service().paces(world.sites().falling());
    marks.paced |= paces;
    if (marks.released < 0 && marks.paced && !paces) {
      marks.released = world.clock().second();
    }
    if (elapsed.compareTo(scenario.finale()) >= 0) {
      List<Person> all =
          world.crowd().people().stream().filter(person -> !person.isSignedOut()).toList();
      mass = MassRefresh.start(world.service().tokens(), all, world.clock());
      marks.finale = world.clock().second();
      phase = Phase.FINALE;
    }
  }

  /** The mass refresh may take half as long again as the whole run. */
  private void finale(Duration elapsed) {
    boolean done = mass().map(MassRefresh::isOver).orElse(true);
    boolean late = elapsed.compareTo(scenario.length().multipliedBy(3).dividedBy(2)) >= 0;
    if (late || (done && elapsed.compareTo(scenario.length()) >= 0)) {
      phase = Phase.OVER;
    }
  }

  private void revoke() {
    List<Person> people = world.crowd().of(world.sites().revoking().name());
    long some = Math.round(people.size() * scenario.revoked());
    world
        .sites()
        .revoking()
        .provider()
        .revoke(people.stream().limit(some).map(person -> person.key().id()).toList());
  }

  private long failedReads(Site site) {
    return world.crowd().reads(site.name()).failed();
  }

  /** In which seconds of the run things happened, -1 while they have not, and what was then. */
  static final class Marks {
    int warm = -1;
    int down = -1;
    int back = -1;
    int released = -1;
    boolean paced;
    int finale = -1;
    double recovered;
    long failedBefore;
    long failedMeanwhile;
  }
}
