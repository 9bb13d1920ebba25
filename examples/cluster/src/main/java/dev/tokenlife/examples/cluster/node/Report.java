package dev.tokenlife.examples.cluster.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tokenlife.azure.RequestCounts;
import dev.tokenlife.spi.TokenEvent;
import dev.tokenlife.spi.Trigger;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a node tells its launcher: one JSON object a line on standard output. */
final class Report {
  private final ObjectMapper json = new ObjectMapper();
  private final Node node;
  private final PrintStream out;

  Report(Node node, PrintStream out) {
    this.node = node;
    this.out = out;
  }

  /** Tells everything that happened since the last time, and how things stand. */
  synchronized void tell() {
    node.events().drain(this::event);
    status();
    out.flush();
  }

  private void event(TokenEvent event) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("event", event.type().name());
    line.put("grant", event.key().id());
    line.put("generation", event.generation());
    line.put("kind", event.kind() == null ? "" : event.kind().name());
    line.put("detail", event.detail());
    print(line);
  }

  private void status() {
    Map<String, Object> line = new LinkedHashMap<>();
    Map<String, Object> status = node.tokens().status();
    line.put("sharing", status.get("sharing"));
    line.put("running", status.get("running"));
    line.put("byTimer", byTimer());
    line.put("byCaller", node.events().refreshed(Trigger.CALLER));
    line.put("reads", node.callers().answered());
    line.put("refusals", node.callers().refused());
    line.put("signingIn", node.signIns().waiting());
    RequestCounts requests = node.store().requests();
    line.put("requests", requests.total());
    line.put("unstored", node.results().forLong());
    line.put("requestFailures", requests.failures());
    line.put("leaseWrites", node.leases().writes());
    line.put("leasePages", node.leases().pages());
    print(line);
  }

  private long byTimer() {
    return node.events().refreshed(Trigger.TIMER) + node.events().refreshed(Trigger.QUEUE);
  }

  private void print(Map<String, Object> line) {
    JsonNode tree = json.valueToTree(line);
    out.println(tree);
  }
}
