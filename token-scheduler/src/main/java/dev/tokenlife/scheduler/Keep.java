package dev.tokenlife.scheduler;

/** For which chains a refresh is started ahead of time. */
public enum Keep {
  /** For every watched chain. */
  ALWAYS,
  /** For chains that somebody read since their last plan; the others sleep until they are read. */
  IF_USED,
  /**
   * For chains that are usually read at the time the present token would end, and for those that
   * are read against their habit; the others sleep until shortly before they are usually read, or
   * until they are read. Needs habits, see {@link dev.tokenlife.TokensBuilder#usage}; without them,
   * and while a chain has none yet, it is {@link #IF_USED}.
   */
  IF_LIKELY,
  /** For none: a chain is refreshed when it is read. */
  NEVER
}
