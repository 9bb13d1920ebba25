package dev.tokenlife.examples.attendance.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/**
 * How a lesson goes, as its dashboard says.
 *
 * @param session the session; empty before the first
 * @param joined how many students have joined
 * @param present how many are present
 * @param late how many came late
 * @param early how many left early
 * @param exited how many were there till the end
 * @param active how many chains go round
 * @param stalled how many of them nobody looks at
 */
public record ClassStatus(
    String session,
    int joined,
    int present,
    int late,
    int early,
    int exited,
    int active,
    int stalled) {
  static ClassStatus of(JsonNode dashboard) {
    JsonNode students = dashboard.path("attendance");
    int active = 0;
    int stalled = 0;
    for (JsonNode chain : dashboard.path("chains")) {
      if (chain.path("state").asText().equals("ACTIVE")) {
        active++;
        stalled += chain.path("stalled").asBoolean() ? 1 : 0;
      }
    }
    return new ClassStatus(
        dashboard.path("sessionId").asText(),
        students.size(),
        having(students, "presentAt"),
        having(students, "lateAt"),
        having(students, "leftEarlyAt"),
        having(students, "exitedAt"),
        active,
        stalled);
  }

  static ClassStatus none() {
    return of(MissingNode.getInstance());
  }

  private static int having(JsonNode students, String column) {
    int count = 0;
    for (JsonNode student : students) {
      count += student.path(column).isNumber() ? 1 : 0;
    }
    return count;
  }
}
