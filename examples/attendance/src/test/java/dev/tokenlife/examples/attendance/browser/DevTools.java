package dev.tokenlife.examples.attendance.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One connection of the Chrome DevTools Protocol: commands and their answers. */
final class DevTools implements WebSocket.Listener, AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long PATIENCE_SECONDS = 60;

  private final AtomicInteger ids = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
  private final Queue<JsonNode> events = new ConcurrentLinkedQueue<>();
  private final StringBuilder text = new StringBuilder();
  private final WebSocket socket;

  DevTools(HttpClient http, String address) {
    socket = http.newWebSocketBuilder().buildAsync(URI.create(address), this).join();
  }

  /** Sends a command and waits for its answer. */
  JsonNode call(String method, Map<String, ?> parameters) {
    int id = ids.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    waiting.put(id, answer);
    ObjectNode command = JSON.createObjectNode().put("id", id).put("method", method);
    command.set("params", JSON.valueToTree(parameters));
    send(command.toString());
    JsonNode body = answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    if (body.has("error")) {
      throw new IllegalStateException(method + ": " + body.path("error"));
    }
    return body.path("result");
  }

  /** Returns the events so far. */
  Queue<JsonNode> events() {
    return events;
  }

  /** A socket takes one message at a time. */
  private synchronized void send(String message) {
    socket.sendText(message, true).join();
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
    text.append(part);
    if (last) {
      receive(text.toString());
      text.setLength(0);
    }
    from.request(1);
    return CompletableFuture.completedFuture(null);
  }

  private void receive(String message) {
    try {
      JsonNode body = JSON.readTree(message);
      CompletableFuture<JsonNode> answer =
          body.has("id") ? waiting.remove(body.path("id").asInt()) : null;
      if (answer == null) {
        events.add(body);
      } else {
        answer.complete(body);
      }
    } catch (IOException broken) {
      throw new IllegalStateException("not the protocol: " + message, broken);
    }
  }

  @Override
  public void close() {
    socket.abort();
  }
}
