package dev.tokenlife.examples.attendance.records;

/**
 * The tables that the application writes. Their columns are in the classes that read and write the
 * rows; Chains is the library's alone.
 */
public enum AppTable {
  /** Partition {@code SESSION}, row: session id. */
  SESSIONS("Sessions"),
  /** Partition: session id, row: student id. */
  ATTENDANCE("Attendance"),
  /** Partition: user id, row: session id. */
  USER_SESSIONS("UserSessions"),
  /**
   * Partition: session id. The library's view of the current tokens, in stores that keep one; here
   * it is only wiped.
   */
  TOKENS("Tokens");

  private final String tableName;

  AppTable(String tableName) {
    this.tableName = tableName;
  }

  /** Returns the table's name where tables have names. */
  public String tableName() {
    return tableName;
  }
}
