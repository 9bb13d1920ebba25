package dev.tokenlife.examples.attendance.lesson;

import dev.tokenlife.model.ChainKey;

/** Is told who holds which chain from now on, after it is so. Must not block. */
@FunctionalInterface
public interface Holders {
  /** This person holds this chain now. */
  void holds(String personId, ChainKey chain);
}
