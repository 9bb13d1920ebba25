package dev.tokenlife.examples.attendance.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tokenlife.time.TimeSource;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/** One simulated lesson, from the first student at the door to the register at the end. */
final class Lesson {
  private static final Duration WAITING = Duration.ofSeconds(10);

  private final Desk desk;
  private final Script script;
  private final Findings findings;
  private final Ledger ledger;
  private final List<Pupil> pupils;
  private final Clockwork clockwork;
  private final Consumer<ClassStatus> watcher;
  private final TimeSource time = TimeSource.system();
  private final long started = time.nanos();
  private volatile Phase phase = Phase.ENTRY;

  /**
   * How a lesson goes.
   *
   * @param length how long it takes
   * @param push whether pages are pushed to
   * @param sealed the types that are wall codes
   */
  record Script(Duration length, boolean push, Set<String> sealed) {}

  Lesson(
      Desk desk,
      List<Pupil> pupils,
      Ledger ledger,
      Script script,
      Findings findings,
      Clockwork clockwork,
      Consumer<ClassStatus> watcher) {
    this.desk = desk;
    this.pupils = pupils;
    this.ledger = ledger;
    this.script = script;
    this.findings = findings;
    this.clockwork = clockwork;
    this.watcher = watcher;
  }

  /** Runs it; false if it was interrupted. */
  boolean run(HttpClient http) {
    List<Feed> feeds = new ArrayList<>();
    boolean whole = true;
    enter(http, feeds, pupils.subList(0, pupils.size() - latecomers()));
    for (Phase next : Phase.values()) {
      phase = next;
      begin(next, http, feeds);
      whole = whole && during(next);
      if (!whole) {
        break;
      }
      if (next != Phase.EXIT) {
        desk.close(next.name());
      }
    }
    clockwork.stop();
    feeds.forEach(Feed::close);
    if (whole) {
      desk.end();
      check(desk.dashboard());
    }
    return whole;
  }

  private void begin(Phase next, HttpClient http, List<Feed> feeds) {
    int codes = Math.max(1, pupils.size() / 6);
    switch (next) {
      case ENTRY -> desk.seed("ENTRY", codes);
      case LATE -> {
        enter(http, feeds, pupils.subList(pupils.size() - latecomers(), pupils.size()));
        desk.open("LATE", script.sealed.contains("LATE"));
      }
      case EARLY -> desk.open("EARLY", script.sealed.contains("EARLY"));
      case EXIT -> {
        desk.seed("EXIT", codes);
        desk.reassign("EXIT", pupils.get(pupils.size() - 1).id());
      }
    }
  }

  /** The teacher watches until the phase is over, and waits a while for the first to take part. */
  private boolean during(Phase current) {
    boolean wall = current == Phase.LATE || current == Phase.EARLY;
    while (elapsed() < current.until()
        || (ledger.of(current.name()).isEmpty() && overtime(current))) {
      if (wall) {
        desk.show(current.name(), script.sealed.contains(current.name()));
      }
      JsonNode dashboard = desk.dashboard();
      watcher.accept(ClassStatus.of(dashboard));
      if (!Pause.millis(Math.min(1000, script.length.toMillis() / 40))) {
        return false;
      }
    }
    return true;
  }

  private void enter(HttpClient http, List<Feed> feeds, List<Pupil> coming) {
    clockwork.all(coming, Pupil::join);
    for (Pupil pupil : coming) {
      if (script.push) {
        feeds.add(new Feed(http, pupil, desk.session(), findings));
      }
      clockwork.repeat(new Turn(pupil));
    }
  }

  /** The register must say what the class knows, no more and no less. */
  private void check(JsonNode dashboard) {
    compare(dashboard, "presentAt", "ENTRY");
    compare(dashboard, "lateAt", "LATE");
    compare(dashboard, "leftEarlyAt", "EARLY");
    compare(dashboard, "exitedAt", "EXIT");
    watcher.accept(ClassStatus.of(dashboard));
  }

  private void compare(JsonNode dashboard, String column, String type) {
    Set<String> marked = Desk.marked(dashboard, column);
    Set<String> known = ledger.of(type);
    if (!marked.equals(known)) {
      findings.add(column + " is marked for " + marked + ", but it was " + known);
    }
    if (known.isEmpty()) {
      findings.add("nobody took part in " + type);
    }
  }

  private boolean overtime(Phase current) {
    double length = script.length.toNanos();
    return elapsed() < current.until() + WAITING.toNanos() / length;
  }

  private int latecomers() {
    return Math.max(1, pupils.size() / 15);
  }

  private double elapsed() {
    return (time.nanos() - started) / (double) script.length.toNanos();
  }

  /** What a pupil does again and again: look at the own page when it is time, and scan. */
  private final class Turn implements Clockwork.Task {
    private final Pupil pupil;
    private final int place;
    private long lookAt;

    Turn(Pupil pupil) {
      this.pupil = pupil;
      this.place = pupils.indexOf(pupil);
      this.lookAt = time.nanos();
    }

    @Override
    public Duration run() {
      if (!script.push && time.nanos() - lookAt >= 0) {
        lookAt = time.nanos() + (long) (pupil.look() * 1e9);
      }
      Phase now = phase;
      if (wants(now)) {
        pupil.scan(now.name());
      }
      long think = Math.max(250, Math.min(2500, script.length.toMillis() / 40));
      return Duration.ofMillis(ThreadLocalRandom.current().nextLong(think / 2, think * 3 / 2));
    }

    private boolean wants(Phase now) {
      boolean late = place >= pupils.size() - latecomers();
      boolean early = place < latecomers();
      return switch (now) {
        case ENTRY -> !late;
        case LATE -> late;
        case EARLY -> early;
        case EXIT -> !early;
      };
    }
  }
}
