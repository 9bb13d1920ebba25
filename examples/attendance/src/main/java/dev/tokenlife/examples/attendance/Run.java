package dev.tokenlife.examples.attendance;

import dev.tokenlife.examples.attendance.simulation.SimulatedClass;
import dev.tokenlife.examples.attendance.terminal.Summary;
import dev.tokenlife.examples.attendance.terminal.Terminal;
import dev.tokenlife.time.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;

/** One run of the program: the application, a simulated class where one was asked for, the end. */
final class Run {
  private static final Duration LESSON = Duration.ofMinutes(2);
  private static final Duration SHORTEST_LESSON = Duration.ofSeconds(8);
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final Options options;
  private final AttendanceApp app;
  private final Terminal terminal;
  private final TimeSource time = TimeSource.system();
  private final long started = time.nanos();

  Run(Options options, AttendanceApp app, Terminal terminal) {
    this.options = options;
    this.app = app;
    this.terminal = terminal;
  }

  /** Runs until it ends or is interrupted; returns the exit code. */
  int go() throws InterruptedException {
    terminal.say("Open " + app.address());
    if (options.simulate() > 0) {
      return simulated();
    }
    Summary summary = new Summary(app.activity(), Optional.empty());
    while (left().isEmpty() || left().get().toMillis() > 0) {
      terminal.refresh(summary.block(elapsed(), options.duration()), summary.line(elapsed()));
      time.sleep(left().map(rest -> rest.compareTo(EVERY) < 0 ? rest : EVERY).orElse(EVERY));
    }
    return summary.errors() == 0 ? 0 : 1;
  }

  private int simulated() throws InterruptedException {
    SimulatedClass simulated =
        SimulatedClass.of(
            app.address(),
            options.simulate(),
            lessonLength(),
            options.push(),
            options.rules().sealed().stream().map(Enum::name).collect(Collectors.toSet()));
    terminal.say("Open " + simulated.dashboard() + " to be the teacher of the simulated class");
    Summary summary = new Summary(app.activity(), Optional.of(simulated));
    Thread teaching = new Thread(() -> teach(simulated), "simulated-lessons");
    teaching.setDaemon(true);
    teaching.start();
    while (teaching.isAlive()) {
      terminal.refresh(summary.block(elapsed(), options.duration()), summary.line(elapsed()));
      teaching.join(EVERY.toMillis());
    }
    return finish(summary, simulated);
  }

  /** With an end there is one lesson, which takes that long; without one they go on for ever. */
  private void teach(SimulatedClass simulated) {
    boolean again = true;
    while (again) {
      again = simulated.lesson() && options.duration().isEmpty();
    }
  }

  private int finish(Summary summary, SimulatedClass simulated) {
    terminal.refresh(summary.block(elapsed(), options.duration()), summary.line(elapsed()));
    simulated.firstErrors().forEach(error -> terminal.say("error: " + error));
    boolean passed = summary.errors() == 0 && simulated.finished() > 0;
    terminal.say(
        passed
            ? "PASSED: the class saw no error, and the register says what the class knows"
            : "FAILED: " + summary.errors() + " errors");
    return passed ? 0 : 1;
  }

  private Duration lessonLength() {
    Duration rest = left().orElse(LESSON).minus(Duration.ofMillis(500));
    return rest.compareTo(SHORTEST_LESSON) < 0 ? SHORTEST_LESSON : rest;
  }

  private Duration elapsed() {
    return Duration.ofNanos(time.nanos() - started);
  }

  private Optional<Duration> left() {
    return options.duration().map(whole -> whole.minus(elapsed()));
  }
}
