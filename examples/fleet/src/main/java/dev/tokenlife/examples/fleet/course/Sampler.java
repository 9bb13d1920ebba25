package dev.tokenlife.examples.fleet.course;

import dev.tokenlife.examples.fleet.providers.Calls;
import dev.tokenlife.examples.fleet.providers.Outcome;
import dev.tokenlife.examples.fleet.record.Latencies;
import dev.tokenlife.examples.fleet.record.Sample;
import dev.tokenlife.examples.fleet.record.Sample.SiteSample;
import dev.tokenlife.examples.fleet.service.Figures;
import dev.tokenlife.examples.fleet.service.Site;
import dev.tokenlife.examples.fleet.users.Reads;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks at everything once a second, through what the library says of itself and what the providers
 * and the readers counted. For one thread.
 */
public final class Sampler {
  private final World world;
  private final Map<String, Latencies.Window> calls = new LinkedHashMap<>();
  private final List<Latencies.Window> served = new ArrayList<>();
  private long readsBefore;
  private long refusedBefore;

  /** Looks at this world. */
  public Sampler(World world) {
    this.world = world;
    world.sites().all().forEach(site -> calls.put(site.name(), site.source().calls().window()));
    world.crowd().reads().values().forEach(reads -> served.add(reads.served().window()));
  }

  /** Returns what the second that has just ended was like. */
  public Sample take(Phase phase, int deadLetters) {
    Map<String, Object> engine = world.service().tokens().status();
    Map<String, SiteSample> each = new LinkedHashMap<>();
    world.sites().all().forEach(site -> each.put(site.name(), sample(site, engine)));
    long reads = 0;
    long refused = 0;
    for (Reads some : world.crowd().reads().values()) {
      reads += some.served().count() + some.fetched().count() + some.failed();
      refused += some.failed();
    }
    Sample sample =
        new Sample(
            world.clock().second(),
            phase.label(),
            Figures.counts(engine.get("byClass")),
            each,
            reads - readsBefore,
            refused - refusedBefore,
            slowestP99(),
            deadLetters);
    readsBefore = reads;
    refusedBefore = refused;
    return sample;
  }

  private SiteSample sample(Site site, Map<String, Object> engine) {
    Calls seen = site.provider().calls();
    Latencies.Window window = calls.get(site.name());
    double[] latency = window == null ? new double[2] : window.next(0.5, 0.99);
    Map<?, ?> queue = Figures.map(Figures.map(engine.get("upstreams")).get(site.upstream()));
    Map<?, ?> guard = Figures.map(world.service().guard().status().get(site.upstream()));
    int now = world.clock().second();
    return new SiteSample(
        Figures.state(guard, Boolean.TRUE.equals(queue.get("parked"))),
        site.provider().isDown(),
        seen.perSecond().between(now - 1, now),
        seen.count(Outcome.GRANTED),
        seen.count(Outcome.THROTTLED),
        seen.count(Outcome.DOWN),
        seen.count(Outcome.REFUSED),
        (int) Figures.number(queue.get("queued")),
        latency[0],
        latency[1]);
  }

  private double slowestP99() {
    double slowest = 0;
    for (Latencies.Window window : served) {
      slowest = Math.max(slowest, window.next(0.99)[0]);
    }
    return slowest;
  }
}
