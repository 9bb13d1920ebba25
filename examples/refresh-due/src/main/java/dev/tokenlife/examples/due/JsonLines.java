package dev.tokenlife.examples.due;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.UUID;

/** Logs one JSON object per line, each with the id of the run that was going on. */
public final class JsonLines extends LayoutBase<ILoggingEvent> {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of the whole process, not of a thread: the library works on threads of its own. */
  private static volatile String runId = "start";

  /** Made by Logback. */
  public JsonLines() {}

  /** Begins a run; returns its id. */
  static String nextRun() {
    runId = UUID.randomUUID().toString();
    return runId;
  }

  @Override
  public String doLayout(ILoggingEvent event) {
    ObjectNode line = JSON.createObjectNode();
    line.put("timestamp", Instant.ofEpochMilli(event.getTimeStamp()).toString());
    line.put("level", event.getLevel().toString());
    line.put("runId", runId);
    line.put("logger", event.getLoggerName());
    line.put("message", event.getFormattedMessage());
    if (event.getKeyValuePairs() != null) {
      event.getKeyValuePairs().forEach(pair -> line.put(pair.key, String.valueOf(pair.value)));
    }
    if (event.getThrowableProxy() != null) {
      line.put("thrown", event.getThrowableProxy().getClassName());
    }
    return line + System.lineSeparator();
  }
}
