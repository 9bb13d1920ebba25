package dev.tokenlife.examples.fleet.course;

import static dev.tokenlife.examples.fleet.course.Wording.say;

import dev.tokenlife.examples.fleet.providers.Calls;
import dev.tokenlife.examples.fleet.record.Promise;
import dev.tokenlife.examples.fleet.record.Stalls;
import dev.tokenlife.examples.fleet.service.MassRefresh;
import dev.tokenlife.examples.fleet.users.Reads;
import dev.tokenlife.model.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * Says of each promise whether it was kept so far, by what the readers noticed and the providers
 * counted, not by what the library says of itself.
 */
public final class Judge {
  private final World world;
  private final Course course;
  private final OutageJudge outage;
  private final Stalls stalls;

  /** Judges this run; the stalls of the machine are told apart. */
  public Judge(World world, Course course, Stalls stalls) {
    this.world = world;
    this.course = course;
    this.stalls = stalls;
    this.outage = new OutageJudge(world, course, stalls);
  }

  /** Returns all promises, as they stand now. */
  public List<Promise> promises() {
    List<Promise> all = new ArrayList<>();
    all.add(usable());
    all.addAll(outage.promises());
    all.addAll(List.of(revoked(), withinLimit(), nothingLost()));
    return all;
  }

  private Promise usable() {
    long reads = sum(some -> some.served().count());
    long waited = sum(Reads::usableWaited);
    long failed = sum(Reads::usableFailed);
    long dead = sum(Reads::servedDead);
    return Promise.of(
        "callers with a usable token",
        "0 wait, 0 fail, 0 get a dead one",
        say("%d reads: %d waited, %d failed, %d dead", reads, waited, failed, dead),
        reads > 0,
        waited + failed + dead == 0);
  }

  private Promise revoked() {
    Map<String, Integer> refusals = world.sites().revoking().provider().refusals();
    long probes =
        world.clock().elapsed().toMillis() / world.options().tuning().slowProbe().toMillis();
    long asked = refusals.values().stream().filter(count -> count > 0).count();
    long calls = refusals.values().stream().mapToInt(Integer::intValue).sum();
    boolean slow = refusals.values().stream().allMatch(count -> count <= 1 + probes);
    boolean once = world.signIns().told().values().stream().allMatch(times -> times == 1);
    int told = world.signIns().told().size();
    boolean complete = course.phase() != Phase.OVER || (told == asked && asked == refusals.size());
    return Promise.of(
        say("the %d grants C took back", refusals.size()),
        "one call and one event each, then a slow probe",
        say(
            "%d refused, %d calls, %d people told once; %d signed in again",
            asked, calls, told, world.signIns().signedInAgain()),
        asked > 0 || world.options().scenario().revoked() == 0,
        slow && once && told <= asked && complete);
  }

  private Promise withinLimit() {
    Calls calls = world.sites().limited().provider().calls();
    int now = world.clock().second() + 1;
    Stalls.Split throttled = stalls.split(calls.throttled(), 0, now);
    int most = calls.perSecond().most(0, now);
    return Promise.of(
        say("A's limit of %d a second", world.options().scenario().rate()),
        "0 answers 429",
        say(
            "%d, %d more while the machine stalled; %d calls in the fullest second, %d while asked to"
                + " wait",
            throttled.calm(), throttled.stalled(), most, calls.countImpatient()),
        most > 0,
        throttled.calm() == 0);
  }

  private Promise nothingLost() {
    long spent = world.sites().all().stream().mapToLong(site -> site.provider().secondUses()).sum();
    MassRefresh mass = course.mass().orElse(null);
    Progress progress = mass == null ? new Progress(0, 0, 0, Duration.ZERO) : mass.progress();
    boolean over = course.phase() == Phase.OVER;
    return Promise.of(
        "refresh tokens lost",
        "0: at the end every living grant is refreshed once more",
        say(
            "%d of %d refreshed, %d lost; %d spent ones sent again",
            progress.done() - progress.failed(), progress.total(), progress.failed(), spent),
        mass != null,
        spent == 0 && progress.failed() == 0 && (!over || progress.done() == progress.total()));
  }

  private long sum(ToLongFunction<Reads> count) {
    return world.crowd().reads().values().stream().mapToLong(count).sum();
  }
}
