package dev.tokenlife.examples.fleet;

import dev.tokenlife.Tokens;
import dev.tokenlife.Warming;
import dev.tokenlife.examples.fleet.course.Course;
import dev.tokenlife.examples.fleet.course.Judge;
import dev.tokenlife.examples.fleet.course.Phase;
import dev.tokenlife.examples.fleet.course.Population;
import dev.tokenlife.examples.fleet.course.Sampler;
import dev.tokenlife.examples.fleet.course.World;
import dev.tokenlife.examples.fleet.dashboard.History;
import dev.tokenlife.examples.fleet.record.Promise;
import dev.tokenlife.examples.fleet.record.Sample;
import dev.tokenlife.examples.fleet.record.Stalls;
import dev.tokenlife.examples.fleet.settings.Options;
import dev.tokenlife.examples.fleet.view.Board;
import dev.tokenlife.examples.fleet.view.Summary;
import dev.tokenlife.examples.fleet.view.Terminal;
import dev.tokenlife.model.DeadLetter;
import dev.tokenlife.model.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One run, from the start of the service to the summary. */
final class Run {
  private static final Duration STEP = Duration.ofMillis(100);

  private final World world;
  private final Terminal terminal;
  private final History history;

  Run(World world, Terminal terminal, History history) {
    this.world = world;
    this.terminal = terminal;
    this.history = history;
  }

  /** Returns whether every promise was kept. */
  boolean go(Population population) throws InterruptedException {
    Options options = world.options();
    Tokens tokens = world.service().tokens();
    Duration lifetime = options.scenario().lifetime();
    world.signIns().add(population.people());
    try (Stalls stalls = Stalls.watch(world.clock())) {
      Warming warming = tokens.warmUp(population.signIn(tokens, lifetime));
      world.crowd().start(tokens, lifetime, options.callers(), options.seed());
      Course course = new Course(world, warming);
      Judge judge = new Judge(world, course, stalls);
      watch(course, judge, new Sampler(world));
      List<Promise> promises = judge.promises();
      Summary.of(promises).forEach(terminal::say);
      return Summary.kept(promises);
    }
  }

  private void watch(Course course, Judge judge, Sampler sampler) throws InterruptedException {
    int shown = -1;
    while (course.phase() != Phase.OVER) {
      course.step();
      world
          .signIns()
          .signInWhoIsReady(world.service().tokens(), world.sites().revoking().provider());
      int second = world.clock().second();
      if (second != shown) {
        shown = second;
        show(course, judge.promises(), sampler);
      }
      world.clock().time().sleep(STEP);
    }
  }

  private void show(Course course, List<Promise> promises, Sampler sampler) {
    Tokens tokens = world.service().tokens();
    List<DeadLetter> letters = new ArrayList<>();
    world.sites().all().forEach(site -> letters.addAll(tokens.deadLetters(site.name())));
    Sample sample = sampler.take(course.phase(), letters.size());
    Optional<Progress> progress = course.progress();
    Duration length = course.length();
    history.add(sample);
    history.now(length, progress, promises, letters);
    terminal.refresh(Board.block(sample, length, progress, promises), Board.line(sample, progress));
  }
}
