package dev.tokenlife.examples.attendance.lesson;

import dev.tokenlife.examples.attendance.records.AppRow;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A student in a session: the columns of the table Attendance. Times are Unix seconds, null for not
 * yet; each is set once and never changes.
 *
 * @param sessionId the session
 * @param studentId the student
 * @param name what the student is called
 * @param joinedAt when they joined first
 * @param presentAt when an ENTRY or LATE code showed that they are there
 * @param lateAt when they scanned a LATE code
 * @param leftEarlyAt when they scanned an EARLY code
 * @param exitedAt when an EXIT code showed that they were there till the end
 * @param exitVerified whether one did
 */
public record Attendee(
    String sessionId,
    String studentId,
    String name,
    long joinedAt,
    @Nullable Long presentAt,
    @Nullable Long lateAt,
    @Nullable Long leftEarlyAt,
    @Nullable Long exitedAt,
    boolean exitVerified) {

  static AppRow joined(String sessionId, Person student, long now) {
    Map<String, Object> columns = new HashMap<>();
    columns.put("name", student.name());
    columns.put("joinedAt", now);
    columns.put("exitVerified", false);
    return new AppRow(sessionId, student.id(), columns);
  }

  static Attendee of(AppRow row) {
    return new Attendee(
        row.partition(),
        row.id(),
        row.text("name", row.id()),
        Objects.requireNonNullElse(row.seconds("joinedAt"), 0L),
        row.seconds("presentAt"),
        row.seconds("lateAt"),
        row.seconds("leftEarlyAt"),
        row.seconds("exitedAt"),
        row.flag("exitVerified"));
  }
}
