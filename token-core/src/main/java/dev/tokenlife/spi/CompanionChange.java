package dev.tokenlife.spi;

/**
 * One change of a companion row.
 *
 * @param op what to do
 * @param companion the row
 */
public record CompanionChange(Op op, Companion companion) {
  /** What to do with a companion. */
  public enum Op {
    /** Add it; it must be absent. */
    INSERT,
    /** Remove it; it may be absent. */
    DELETE
  }

  /** Adds a companion that must be absent. */
  public static CompanionChange insert(Companion companion) {
    return new CompanionChange(Op.INSERT, companion);
  }

  /** Removes a companion, if it is there. */
  public static CompanionChange delete(Companion companion) {
    return new CompanionChange(Op.DELETE, companion);
  }
}
