package dev.tokenlife.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one pass over everything due did.
 *
 * @param startedAt when it began
 * @param queried chains looked at or counted
 * @param refreshed chains that have a new token
 * @param skipped chains that were not due within the horizon, or fresh already
 * @param failures chains that could not be refreshed
 * @param errors one line each, at most 100
 * @param truncated whether the deadline came first; the next pass goes on
 * @param duration how long it took
 * @param listingFailure why the chains could not be listed; null if they could
 */
public record PassReport(
    Instant startedAt,
    long queried,
    long refreshed,
    long skipped,
    long failures,
    List<String> errors,
    boolean truncated,
    Duration duration,
    @Nullable String listingFailure) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Copies the list. */
  public PassReport {
    errors = List.copyOf(errors);
  }

  /** {@link #toJson(String)} that counts {@code users}. */
  public String toJson() {
    return toJson("users");
  }

  /**
   * Returns the report as one JSON object, fit for a serverless handler's answer.
   *
   * @param noun what is counted, e.g. {@code users} for {@code users_queried}
   */
  public String toJson(String noun) {
    ObjectNode json = JSON.createObjectNode();
    json.put("statusCode", listingFailure == null ? 200 : 500);
    if (listingFailure != null) {
      json.put("error", "listing failed");
      json.put("message", listingFailure);
    }
    json.put("timestamp", startedAt.toString());
    ObjectNode statistics = json.putObject("statistics");
    statistics.put(noun + "_queried", queried);
    statistics.put("tokens_refreshed", refreshed);
    statistics.put("tokens_skipped", skipped);
    statistics.put("failures", failures);
    ArrayNode list = statistics.putArray("errors");
    errors.forEach(list::add);
    json.put("duration_ms", duration.toMillis());
    return json.toString();
  }
}
