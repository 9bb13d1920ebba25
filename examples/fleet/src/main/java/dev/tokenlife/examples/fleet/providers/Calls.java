package dev.tokenlife.examples.fleet.providers;

import dev.tokenlife.examples.fleet.record.RunClock;
import dev.tokenlife.examples.fleet.record.Seconds;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** The calls one provider saw, as it counts them itself. Safe for use by many threads. */
public final class Calls {
  private final Seconds arrived;
  private final Seconds whileDown;
  private final Seconds throttled;
  private final Map<Outcome, LongAdder> outcomes = new ConcurrentHashMap<>();
  private final LongAdder impatient = new LongAdder();

  Calls(RunClock clock) {
    this.arrived = new Seconds(clock);
    this.whileDown = new Seconds(clock);
    this.throttled = new Seconds(clock);
  }

  void arrived(boolean down) {
    arrived.count();
    if (down) {
      whileDown.count();
    }
  }

  void answered(Outcome outcome) {
    adder(outcome).increment();
    if (outcome == Outcome.THROTTLED) {
      throttled.count();
    }
  }

  void impatient() {
    impatient.increment();
  }

  /** Returns the arrivals by second. */
  public Seconds perSecond() {
    return arrived;
  }

  /** Returns those of them that came while it was down. */
  public Seconds whileDown() {
    return whileDown;
  }

  /** Returns its answers 429, by second. */
  public Seconds throttled() {
    return throttled;
  }

  /** Returns how many were answered like this. */
  public long count(Outcome outcome) {
    return adder(outcome).sum();
  }

  /** Returns how many came while the provider had asked to wait. */
  public long countImpatient() {
    return impatient.sum();
  }

  private LongAdder adder(Outcome outcome) {
    return outcomes.computeIfAbsent(outcome, first -> new LongAdder());
  }
}
