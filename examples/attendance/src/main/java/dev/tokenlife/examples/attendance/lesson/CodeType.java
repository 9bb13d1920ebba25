package dev.tokenlife.examples.attendance.lesson;

/** The four sorts of chains, and what a hand-over of each says about those who took part. */
public enum CodeType {
  /** Seeded among students: whoever shows it and whoever scans it is present. */
  ENTRY,
  /**
   * Seeded among students at the end: whoever shows it and whoever scans it was there till then.
   */
  EXIT,
  /** Shown by the teacher: whoever scans it came late. */
  LATE,
  /** Shown by the teacher: whoever scans it leaves early. */
  EARLY;

  /** Returns whether students are drawn as the first holders. */
  public boolean isSeeded() {
    return this == ENTRY || this == EXIT;
  }
}
