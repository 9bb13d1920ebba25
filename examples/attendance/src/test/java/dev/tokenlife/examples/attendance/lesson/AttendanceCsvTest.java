package dev.tokenlife.examples.attendance.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class AttendanceCsvTest {
  @Test
  void aRow_hasItsTimesInUtc_andNothingForNotYet() {
    Attendee anna = new Attendee("s", "anna-1", "Anna", 0L, 60L, null, null, 3600L, true);
    assertThat(AttendanceCsv.of(List.of(anna)).split("\r\n", -1))
        .containsExactly(
            "student_id,name,joined_at,present_at,late_at,left_early_at,exited_at,exit_verified",
            "anna-1,Anna,1970-01-01T00:00:00Z,1970-01-01T00:01:00Z,,,1970-01-01T01:00:00Z,yes",
            "");
  }

  @Test
  void aName_cannotBreakTheTable_norRunAsAFormula() {
    assertThat(cell("O'Neil, \"Al\"")).isEqualTo("\"O'Neil, \"\"Al\"\"\"");
    assertThat(cell("=1+1")).isEqualTo("'=1+1");
    assertThat(cell("@SUM(A1)")).isEqualTo("'@SUM(A1)");
    assertThat(cell("-2,+3")).isEqualTo("\"'-2,+3\"");
  }

  private static String cell(String name) {
    Attendee one = new Attendee("s", "id", name, 0L, null, null, null, null, false);
    String line = AttendanceCsv.of(List.of(one)).split("\r\n", -1)[1];
    return line.substring("id,".length(), line.indexOf(",1970"));
  }
}
