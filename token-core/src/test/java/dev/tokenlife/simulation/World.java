package dev.tokenlife.simulation;

import dev.tokenlife.PullEngine;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.spi.RefreshEngine;
import dev.tokenlife.spi.TokenSource;
import dev.tokenlife.testing.Node;
import dev.tokenlife.testing.ProcessKilled;
import dev.tokenlife.testing.ReferenceStore;
import dev.tokenlife.testing.TimerEngine;
import dev.tokenlife.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Several processes, one store, one provider, and the time they live in. */
final class World {
  static final List<ChainKey> KEYS =
      List.of(ChainKey.of("music", "ann"), ChainKey.of("music", "bob"));

  private static final int MOST_NESTED = 2;

  final VirtualTime time = new VirtualTime();
  final Provider provider;
  final Judge judge = new Judge(this);
  final List<Node> nodes = new ArrayList<>();
  private final ReferenceStore rows = ReferenceStore.shared();
  private final JudgedStore store = new JudgedStore(rows, judge, this::intrude);
  private final SplittableRandom random;
  private final Set<Node> alive = new HashSet<>();
  private final Set<Node> killed = new HashSet<>();
  private final List<Task> tasks = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final boolean ahead;
  private Runnable oneMoreStep = () -> {};
  private Consumer<Call> rivals = call -> {};
  private boolean intrusions;
  private int nested;
  private int started;

  World(SplittableRandom random) {
    this.random = random;
    this.provider = new Provider(this, judge, random.split());
    this.ahead = random.nextInt(3) != 0;
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      nodes.add(start());
    }
  }

  /** What happens while a call is under way. */
  void between(Runnable step, Consumer<Call> rivalsOfCall) {
    oneMoreStep = step;
    rivals = rivalsOfCall;
    intrusions = true;
  }

  /** From now on nobody interferes. */
  void calm() {
    oneMoreStep = () -> {};
    rivals = call -> {};
    intrusions = false;
  }

  boolean isAlive(Node node) {
    return alive.contains(node);
  }

  /** Returns whether a process ended without a goodbye. */
  boolean wasKilled(Node node) {
    return killed.contains(node);
  }

  ChainRow row(ChainKey key) {
    return rows.find(key).orElseThrow().row();
  }

  /** Lets time pass, in slices at whose ends the workers get their turn. */
  void pass(Duration duration) {
    long slice = Math.max(50_000_000L, Math.min(duration.toNanos() / 100, 2_000_000_000L));
    long until = time.nanos() + duration.toNanos();
    while (time.nanos() < until) {
      alone(() -> time.advance(Duration.ofNanos(Math.min(slice, until - time.nanos()))));
      work();
    }
  }

  /** Runs what waits for a worker, in an order of the seed's choice, until nothing does. */
  void work() {
    while (!tasks.isEmpty()) {
      Task next = tasks.remove(random.nextInt(tasks.size()));
      if (!killed.contains(next.node())) {
        alone(next.task());
      }
    }
  }

  /** A process that dies of something stops nobody else. */
  private void alone(Runnable task) {
    try {
      task.run();
    } catch (ProcessKilled death) {
      note("  killed at a store call");
    }
    bury();
  }

  /** Somebody else acts while a call is at the provider; sometimes for longer than it may take. */
  void meanwhile(Call call) {
    if (!intrusions || nested >= MOST_NESTED || random.nextInt(3) != 0) {
      return;
    }
    nested++;
    note("  during " + call + ":");
    rivals.accept(call);
    work();
    for (int i = random.nextInt(3); i > 0; i--) {
      oneMoreStep.run();
    }
    nested--;
    // The interrupt that ends an overdue call is for the call.
    Thread.interrupted();
  }

  /** Somebody else acts between two calls of the store. */
  private void intrude() {
    if (nested < MOST_NESTED && intrusions && random.nextInt(40) == 0) {
      nested++;
      note("  meanwhile:");
      oneMoreStep.run();
      work();
      nested--;
    }
  }

  /** Ends a process at once, and starts another in its place. */
  void kill(Node node) {
    int place = nodes.indexOf(node);
    if (place >= 0) {
      node.store().heal();
      node.kill();
      alive.remove(node);
      killed.add(node);
      nodes.set(place, start());
      note("  " + node + " is dead, long live " + nodes.get(place));
    }
  }

  /** Ends a process as it should be ended, and starts another in its place. */
  void restart(Node node) {
    int place = nodes.indexOf(node);
    if (place >= 0) {
      node.tokens().close(Duration.ZERO);
      alive.remove(node);
      nodes.set(place, start());
      note("  " + node + " was closed, long live " + nodes.get(place));
    }
  }

  /** Processes that met their end at a store call are replaced. */
  void bury() {
    for (Node node : List.copyOf(nodes)) {
      if (node.store().isDead()) {
        kill(node);
      }
    }
  }

  void note(String line) {
    notes.add(line);
  }

  /** Returns what happened, for people. */
  List<String> notes() {
    return notes;
  }

  /** What a process gave its workers. */
  private record Task(Node node, Runnable task) {}

  private Node start() {
    String name = "n" + ++started;
    RefreshEngine engine = ahead ? TimerEngine.create() : PullEngine.create();
    AtomicReference<@Nullable Node> self = new AtomicReference<>();
    Supplier<Node> itself = () -> Objects.requireNonNull(self.get(), name);
    TokenSource source = provider.seenBy(itself);
    SplittableRandom jitter = random.split();
    Node node =
        Node.start(
            name,
            store,
            time,
            source,
            engine,
            builder ->
                builder.random(jitter).executor(task -> tasks.add(new Task(itself.get(), task))));
    self.set(node);
    alive.add(node);
    return node;
  }
}
