package dev.tokenlife.examples.fleet.course;

import static dev.tokenlife.examples.fleet.course.Wording.millis;
import static dev.tokenlife.examples.fleet.course.Wording.say;

import dev.tokenlife.examples.fleet.record.Promise;
import dev.tokenlife.examples.fleet.record.Seconds;
import dev.tokenlife.examples.fleet.record.Stalls;
import dev.tokenlife.examples.fleet.service.Site;
import dev.tokenlife.examples.fleet.users.Reads;
import java.util.List;

/** Judges what was promised for the outage of one provider, and for its end. */
final class OutageJudge {
  /** What failures eat up before the rest is kept to probe level, and how many probe at a time. */
  private static final int RETRY_BUDGET = 50;

  private static final int PROBES = 3;

  /** The calls under way at the beginning come back in these. */
  private static final int FIRST_SECONDS = 5;

  /** People read more by day and in bursts: the usual is taken over this long. */
  private static final int BUSY_SECONDS = 10;

  private final World world;
  private final Site falling;
  private final Course.Marks marks;
  private final Stalls stalls;

  OutageJudge(World world, Course course, Stalls stalls) {
    this.world = world;
    this.falling = world.sites().falling();
    this.marks = course.marks();
    this.stalls = stalls;
  }

  List<Promise> promises() {
    return List.of(refused(), probes(), bystanders(), paced());
  }

  private Promise refused() {
    int down = marks.down;
    Reads reads = world.crowd().reads(falling.name());
    int failed = down < 0 ? 0 : reads.failures().between(down, downUntil());
    Stalls.Split late =
        down < 0 ? new Stalls.Split(0, 0) : stalls.split(reads.late(), down, downUntil());
    return Promise.of(
        "callers without one while B is down",
        "999 of 1000 are told so within 100 ms",
        say(
            "%d told, half of them within %s, 99 %% within %s; %d late, %d more while the machine"
                + " stalled",
            failed,
            millis(reads.refused().quantile(0.5)),
            millis(reads.refused().quantile(0.99)),
            late.calm(),
            late.stalled()),
        failed > 0,
        late.calm() * 1_000L <= failed);
  }

  private Promise probes() {
    Seconds calls = falling.provider().calls().whileDown();
    int until = downUntil();
    int all = marks.down < 0 ? 0 : calls.between(marks.down, until);
    int later = marks.down < 0 ? 0 : calls.most(marks.down + FIRST_SECONDS, until);
    int first = RETRY_BUDGET + world.options().tuning().engine().perUpstream();
    int seconds = marks.down < 0 ? 0 : until - marks.down;
    return Promise.of(
        "calls to B while it is down",
        say("%d to notice, then at most %d a second", first, PROBES + 1),
        say(
            "%d instead of about %.0f; after %d s at most %d a second",
            all, steady() * seconds, FIRST_SECONDS, later),
        marks.down >= 0,
        all <= first + (PROBES + 1) * seconds && later <= PROBES + 1);
  }

  private Promise bystanders() {
    int until = marks.back < 0 ? world.clock().second() : marks.back;
    double before = 0;
    double meanwhile = 0;
    for (Site site : world.sites().bystanders()) {
      Seconds calls = site.provider().calls().perSecond();
      before += rate(calls, steadyFrom(), marks.down);
      meanwhile += rate(calls, marks.down, until);
    }
    return Promise.of(
        "A and C meanwhile",
        "0 reads fail",
        say(
            "%d failed; %.0f refreshes a second, %.0f before",
            marks.failedMeanwhile, meanwhile, before),
        marks.back >= 0,
        marks.failedMeanwhile == 0);
  }

  private Promise paced() {
    int end = marks.finale < 0 ? world.clock().second() : marks.finale;
    int released = marks.released < 0 ? end : Math.min(end, marks.released);
    Seconds calls = falling.provider().calls().perSecond();
    int most = marks.back < 0 ? 0 : calls.most(marks.back, released);
    return Promise.of(
        "calls to B while its recovery is paced",
        "no second above twice the usual",
        marks.back < 0
            ? ""
            : say(
                "at most %d, usual %.0f, over %d s; then at most %d; of those left behind %.0f %% are"
                    + " fresh after %d s",
                most,
                steady(),
                released - marks.back,
                calls.most(released, end),
                100 * marks.recovered,
                end - marks.back),
        marks.paced,
        marks.back < 0 || most <= 2 * steady());
  }

  private int downUntil() {
    return marks.back < 0 ? world.clock().second() : marks.back + 1;
  }

  /**
   * How many calls a second the provider usually gets: in the busiest while before it went down.
   */
  private double steady() {
    int until = marks.down < 0 ? world.clock().second() : marks.down;
    Seconds calls = falling.provider().calls().perSecond();
    double busiest = rate(calls, Math.max(steadyFrom(), until - BUSY_SECONDS), until);
    for (int from = steadyFrom(); from + BUSY_SECONDS <= until; from++) {
      busiest = Math.max(busiest, rate(calls, from, from + BUSY_SECONDS));
    }
    return busiest;
  }

  private int steadyFrom() {
    return Math.max(0, marks.warm + 1);
  }

  private static double rate(Seconds calls, int from, int until) {
    return until <= from ? 0 : calls.between(from, until) / (double) (until - from);
  }
}
