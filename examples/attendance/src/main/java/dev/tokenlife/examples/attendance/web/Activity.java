package dev.tokenlife.examples.attendance.web;

import dev.tokenlife.model.Refusal;
import dev.tokenlife.spi.TokenEvent;
import dev.tokenlife.spi.TokenListener;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what happens, for the terminal. */
public final class Activity implements TokenListener {
  private final Map<TokenEvent.Type, LongAdder> events = new ConcurrentHashMap<>();
  private final Map<Refusal, LongAdder> refusals = new ConcurrentHashMap<>();
  private final LongAdder polls = new LongAdder();
  private final LongAdder wallScans = new LongAdder();
  private final LongAdder faults = new LongAdder();

  /** Starts at zero. */
  public Activity() {}

  @Override
  public void onEvent(TokenEvent event) {
    events.computeIfAbsent(event.type(), type -> new LongAdder()).increment();
  }

  /** Returns how often something happened to a chain. */
  public long count(TokenEvent.Type type) {
    LongAdder counted = events.get(type);
    return counted == null ? 0 : counted.sum();
  }

  /** Returns how many polls were answered. */
  public long polls() {
    return polls.sum();
  }

  /** Returns how many wall codes were taken. */
  public long wallScans() {
    return wallScans.sum();
  }

  /** Returns how many requests ended in a server error. */
  public long faults() {
    return faults.sum();
  }

  /** Returns the scans that were refused, by reason. */
  public Map<Refusal, Long> refusals() {
    Map<Refusal, Long> counted = new EnumMap<>(Refusal.class);
    refusals.forEach((refusal, count) -> counted.put(refusal, count.sum()));
    return counted;
  }

  void polled() {
    polls.increment();
  }

  void scannedWall() {
    wallScans.increment();
  }

  void faulted() {
    faults.increment();
  }

  void refused(Refusal refusal) {
    refusals.computeIfAbsent(refusal, key -> new LongAdder()).increment();
  }
}
