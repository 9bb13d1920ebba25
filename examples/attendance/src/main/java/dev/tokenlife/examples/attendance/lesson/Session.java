package dev.tokenlife.examples.attendance.lesson;

import dev.tokenlife.examples.attendance.records.AppRow;
import java.util.Map;
import java.util.Objects;

/**
 * A lesson: the columns of the table Sessions. Times are Unix seconds.
 *
 * @param id the session, and the partition of its chains
 * @param classId which class
 * @param teacherId whose
 * @param startAt when it starts
 * @param status whether it goes on
 * @param createdAt when it was created
 */
public record Session(
    String id, String classId, String teacherId, long startAt, Status status, long createdAt) {
  /** The one partition of the table. */
  public static final String PARTITION = "SESSION";

  /** Whether a session goes on. */
  public enum Status {
    ACTIVE,
    ENDED
  }

  /** Returns whether it goes on. */
  public boolean isActive() {
    return status == Status.ACTIVE;
  }

  Session ended() {
    return new Session(id, classId, teacherId, startAt, Status.ENDED, createdAt);
  }

  AppRow toRow() {
    return new AppRow(
        PARTITION,
        id,
        Map.of(
            "classId",
            classId,
            "teacherId",
            teacherId,
            "startAt",
            startAt,
            "status",
            status.name(),
            "createdAt",
            createdAt));
  }

  /** Reads a row of the table. */
  public static Session of(AppRow row) {
    return new Session(
        row.id(),
        row.text("classId"),
        row.text("teacherId"),
        Objects.requireNonNullElse(row.seconds("startAt"), 0L),
        Status.valueOf(row.text("status")),
        Objects.requireNonNullElse(row.seconds("createdAt"), 0L));
  }
}
