package dev.tokenlife.examples.attendance.records;

/** The application's own tables. Their columns are in the classes that read and write the rows. */
public enum AppTable {
  /** Partition {@code SESSION}, row: session id. */
  SESSIONS("Sessions"),
  /** Partition: session id, row: student id. */
  ATTENDANCE("Attendance"),
  /** Partition: user id, row: session id. */
  USER_SESSIONS("UserSessions");

  private final String tableName;

  AppTable(String tableName) {
    this.tableName = tableName;
  }

  /** Returns the table's name where tables have names. */
  public String tableName() {
    return tableName;
  }
}
