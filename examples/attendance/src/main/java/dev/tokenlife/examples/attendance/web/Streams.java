package dev.tokenlife.examples.attendance.web;

import com.sun.net.httpserver.HttpExchange;
import dev.tokenlife.Chains;
import dev.tokenlife.examples.attendance.lesson.Holders;
import dev.tokenlife.examples.attendance.lesson.Person;
import dev.tokenlife.examples.attendance.lesson.RefusedException;
import dev.tokenlife.examples.attendance.lesson.Session;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.LiveToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Server-sent events: every open page of a person is told of the chains they hold, as they change.
 * A stream has no thread of its own; it is written by the executor when there is something to say.
 */
final class Streams implements Holders {
  private static final int MOST_PER_PERSON = 8;

  private final Chains chains;
  private final Shown shown;
  private final Executor executor;
  private final boolean on;
  private final Map<Watcher, Set<Stream>> open = new ConcurrentHashMap<>();

  private record Watcher(String session, String person) {}

  Streams(Chains chains, Shown shown, Executor executor, boolean on) {
    this.chains = chains;
    this.shown = shown;
    this.executor = executor;
    this.on = on;
  }

  boolean isOn() {
    return on;
  }

  /** Takes over a request: it is answered from here on until the browser goes away. */
  Reply open(Call call, Session session, Person person, String origin) {
    if (!on) {
      throw new RefusedException(
          RefusedException.Reason.NOT_FOUND,
          "NO_PUSH",
          "Start with --push for this; poll instead.");
    }
    Watcher watcher = new Watcher(session.id(), person.id());
    if (open.getOrDefault(watcher, Set.of()).size() >= MOST_PER_PERSON) {
      throw new RefusedException(
          RefusedException.Reason.CONFLICT, "TOO_MANY_PAGES", "Close some of your other pages.");
    }
    Stream stream =
        new Stream(
            chains, shown, person.id(), origin, outbox(call.exchange()), s -> left(watcher, s));
    open.compute(watcher, (key, others) -> with(others, stream));
    stream.say("hello", Map.of("status", session.status().name()));
    for (LiveToken held : chains.pollHolder(session.id(), person.id())) {
      stream.follow(held.chain());
    }
    return Reply.later();
  }

  @Override
  public void holds(String personId, ChainKey chain) {
    Watcher watcher = new Watcher(chain.partition(), personId);
    open.getOrDefault(watcher, Set.of()).forEach(stream -> stream.follow(chain));
  }

  /** Tells every page of a session that it has ended. */
  void ended(String sessionId) {
    open.forEach(
        (watcher, streams) -> {
          if (watcher.session.equals(sessionId)) {
            streams.forEach(stream -> stream.say("ended", Map.of()));
          }
        });
  }

  /** Writes a line that means nothing, which finds out who has gone. */
  void beat() {
    all().forEach(Stream::beat);
  }

  int size() {
    return open.values().stream().mapToInt(Set::size).sum();
  }

  void close() {
    all().forEach(Stream::close);
  }

  private List<Stream> all() {
    List<Stream> all = new ArrayList<>();
    open.values().forEach(all::addAll);
    return all;
  }

  private Outbox outbox(HttpExchange exchange) {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    try {
      exchange.sendResponseHeaders(200, 0);
    } catch (IOException gone) {
      exchange.close();
      throw new RefusedException(RefusedException.Reason.GONE, "GONE", "The browser went away.");
    }
    return new Outbox(exchange, executor);
  }

  private void left(Watcher watcher, Stream stream) {
    open.computeIfPresent(
        watcher,
        (key, streams) -> {
          streams.remove(stream);
          return streams.isEmpty() ? null : streams;
        });
  }

  private static Set<Stream> with(@Nullable Set<Stream> others, Stream stream) {
    Set<Stream> streams = others == null ? ConcurrentHashMap.newKeySet() : others;
    streams.add(stream);
    return streams;
  }
}
