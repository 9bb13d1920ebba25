package dev.tokenlife.examples.cluster.member;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One process of the cluster and its way to the store, in the hands of the launcher. */
public final class Member implements AutoCloseable {
  /** What was done to it last. */
  public enum State {
    RUNNING,
    PAUSED,
    CUT,
    LEAVING,
    LEFT,
    KILLED
  }

  private static final Logger log = LoggerFactory.getLogger(Member.class);

  private final ObjectMapper json = new ObjectMapper();
  private final Lifeline running = new Lifeline(System.nanoTime());
  private final Lifeline storing = new Lifeline(System.nanoTime());
  private final StoreTrouble trouble = new StoreTrouble();
  private final String name;
  private final Process process;
  private final StoreProxy proxy;
  private final PrintStream commands;
  private volatile State state = State.RUNNING;
  private volatile Status status = Status.NONE;

  Member(String name, Process process, StoreProxy proxy) {
    this.name = name;
    this.process = process;
    this.proxy = proxy;
    this.commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
  }

  /** Starts to listen to what it says. */
  void listen(Ownership ownership, Consumer<NodeEvent> events) {
    Thread listener = new Thread(() -> listenOn(ownership, events), "listener-" + name);
    listener.setDaemon(true);
    listener.start();
  }

  public String name() {
    return name;
  }

  public State state() {
    return state;
  }

  public Status status() {
    return status;
  }

  /** Returns when it could run. */
  public Lifeline running() {
    return running;
  }

  /** Returns when it could run and reach the store. */
  public Lifeline storing() {
    return storing;
  }

  /** Returns when the store did not take its results. */
  public StoreTrouble trouble() {
    return trouble;
  }

  /** Returns whether it is meant to run and to reach the store. */
  public boolean isRunning() {
    return state == State.RUNNING;
  }

  /** Returns whether it ended although nobody told it to. */
  public boolean hasCrashed() {
    return !process.isAlive()
        && state != State.KILLED
        && state != State.LEFT
        && state != State.LEAVING;
  }

  /** Has persons sign in there for these grants. */
  public void signIn(int from, int to) {
    commands.println("sign-in " + from + " " + to);
  }

  /** Has callers ask for tokens of all grants there. */
  public void call() {
    commands.println("call");
  }

  /** SIGKILL: nothing of it runs after this. */
  public void kill() throws InterruptedException {
    state = State.KILLED;
    process.destroyForcibly();
    process.waitFor();
    able(false);
  }

  /** SIGSTOP. */
  public void pause() throws IOException, InterruptedException {
    signal("STOP");
    able(false);
    state = State.PAUSED;
  }

  /** SIGCONT. */
  public void resume() throws IOException, InterruptedException {
    able(true);
    state = State.RUNNING;
    signal("CONT");
  }

  /** Nothing gets from it to the store or back. */
  public void cut() {
    proxy.cut();
    storing.change(System.nanoTime(), false);
    state = State.CUT;
  }

  /** It reaches the store again. */
  public void mend() {
    storing.change(System.nanoTime(), true);
    state = State.RUNNING;
    proxy.mend();
  }

  /** Asks it to leave; returns at once. */
  public void leave() {
    state = State.LEAVING;
    commands.println("leave");
  }

  /** Returns whether it has left in good order by then. */
  public boolean hasLeft(Duration most) throws InterruptedException {
    boolean ended = process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS);
    able(false);
    state = ended ? State.LEFT : State.LEAVING;
    return ended && process.exitValue() == 0;
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    proxy.close();
  }

  private void able(boolean value) {
    long now = System.nanoTime();
    running.change(now, value);
    storing.change(now, value);
  }

  private void listenOn(Ownership ownership, Consumer<NodeEvent> events) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        heard(json.readTree(line), ownership, events);
      }
    } catch (IOException gone) {
      log.debug("node={} says nothing more", name, gone);
    }
  }

  private void heard(JsonNode line, Ownership ownership, Consumer<NodeEvent> events) {
    if (line.has("event")) {
      events.accept(
          new NodeEvent(
              name,
              line.get("event").asText(),
              line.get("grant").asText(),
              line.get("kind").asText(),
              line.get("detail").asText(),
              System.nanoTime()));
    } else {
      status = Status.of(line);
      ownership.said(name, status.owned());
      trouble.said(status.unstored(), status.requestFailures(), System.nanoTime());
    }
  }

  private void signal(String signal) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start();
    if (kill.waitFor() != 0) {
      throw new IOException("kill -" + signal + " " + process.pid() + " failed");
    }
  }
}
