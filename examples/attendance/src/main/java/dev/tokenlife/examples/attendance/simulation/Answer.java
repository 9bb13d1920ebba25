package dev.tokenlife.examples.attendance.simulation;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What the server answered.
 *
 * @param status the HTTP status
 * @param body the JSON object
 */
record Answer(int status, JsonNode body) {
  boolean ok() {
    return status >= 200 && status < 300;
  }

  String error() {
    return body.path("error").asText();
  }

  String text(String field) {
    return body.path(field).asText();
  }
}
