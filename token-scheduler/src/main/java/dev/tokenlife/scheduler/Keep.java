package dev.tokenlife.scheduler;

/** For which chains a refresh is started ahead of time. */
public enum Keep {
  /** For every watched chain. */
  ALWAYS,
  /** For chains that somebody read since their last plan; the others sleep until they are read. */
  IF_USED,
  /** For none: a chain is refreshed when it is read. */
  NEVER
}
