package dev.tokenlife.examples.fleet.providers;

/** What a provider answered. */
public enum Outcome {
  /** A new token. */
  GRANTED,
  /** 429: more than its limit. */
  THROTTLED,
  /** 503: it is down. */
  DOWN,
  /** {@code invalid_grant}. */
  REFUSED
}
