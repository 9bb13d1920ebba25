package dev.tokenlife.scheduler.guard;

/** The verdict on one upstream, for people and monitors. */
public enum Health {
  /** Called as usual. */
  HEALTHY,
  /** Called with care: half of the share of failures that opens its breaker, or just recovering. */
  STRAINED,
  /** Not called but for probes: its breaker is not closed, or it asked to be left alone. */
  DOWN
}
