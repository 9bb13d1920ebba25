package dev.tokenlife.examples.attendance.lesson;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The register as comma-separated values (RFC 4180), times in UTC. */
public final class AttendanceCsv {
  private static final List<String> HEAD =
      List.of(
          "student_id",
          "name",
          "joined_at",
          "present_at",
          "late_at",
          "left_early_at",
          "exited_at",
          "exit_verified");

  private AttendanceCsv() {}

  /** Writes the register. */
  public static String of(List<Attendee> attendance) {
    return Stream.concat(Stream.of(HEAD), attendance.stream().map(AttendanceCsv::line))
        .map(line -> line.stream().map(AttendanceCsv::cell).collect(Collectors.joining(",")))
        .map(line -> line + "\r\n")
        .collect(Collectors.joining());
  }

  private static List<String> line(Attendee attendee) {
    return List.of(
        attendee.studentId(),
        attendee.name(),
        time(attendee.joinedAt()),
        time(attendee.presentAt()),
        time(attendee.lateAt()),
        time(attendee.leftEarlyAt()),
        time(attendee.exitedAt()),
        attendee.exitVerified() ? "yes" : "no");
  }

  private static String time(@Nullable Long seconds) {
    return seconds == null ? "" : Instant.ofEpochSecond(seconds).toString();
  }

  /** A cell that starts like a formula would be run by spreadsheets: it gets an apostrophe. */
  private static String cell(String value) {
    boolean formula = !value.isEmpty() && "=+-@\t\r".indexOf(value.charAt(0)) >= 0;
    String safe = formula ? "'" + value : value;
    boolean quoted = safe.chars().anyMatch(letter -> ",\"\r\n".indexOf(letter) >= 0);
    return quoted ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }
}
