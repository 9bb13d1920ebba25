package dev.tokenlife.testing;

import dev.tokenlife.Tokens;
import dev.tokenlife.TokensBuilder;
import dev.tokenlife.crypto.KeyRing;
import dev.tokenlife.model.Secret;
import dev.tokenlife.spi.RefreshEngine;
import dev.tokenlife.spi.TokenSource;
import dev.tokenlife.spi.TokenStore;
import dev.tokenlife.time.VirtualTime;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * One of several processes that share a store, in one test: everything it does runs in virtual time
 * on the thread that calls it or moves the time. It can be paused and killed.
 */
public final class Node {
  private static final Secret KEY = KeyRing.newKey();

  private final String name;
  private final NodeTime time;
  private final CountingStore counted;
  private final FaultyStore store;
  private final RecordingListener events = new RecordingListener();
  private final Tokens tokens;
  private boolean dead;

  private Node(
      String name,
      TokenStore shared,
      VirtualTime world,
      TokenSource source,
      RefreshEngine engine,
      UnaryOperator<TokensBuilder> change) {
    this.name = name;
    this.time = new NodeTime(world);
    this.counted = CountingStore.around(shared);
    this.store = FaultyStore.around(counted);
    TokensBuilder builder =
        Tokens.builder()
            .source(source)
            .engine(engine)
            .store(store)
            .keys(KeyRing.of(1, KEY))
            .listener(events)
            .time(time)
            .executor(Runnable::run);
    this.tokens = change.apply(builder).build();
  }

  /** Starts a process; {@code change} may add to its settings. */
  public static Node start(
      String name,
      TokenStore shared,
      VirtualTime world,
      TokenSource source,
      RefreshEngine engine,
      UnaryOperator<TokensBuilder> change) {
    return new Node(name, shared, world, source, engine, change);
  }

  /** Returns its name. */
  public String name() {
    return name;
  }

  /** Returns what it calls. */
  public Tokens tokens() {
    return tokens;
  }

  /** Returns its clocks. */
  public NodeTime time() {
    return time;
  }

  /** Returns its own view of the store, to be broken. */
  public FaultyStore store() {
    return store;
  }

  /** Returns what it asked of the store and what arrived there. */
  public CountingStore counted() {
    return counted;
  }

  /** Returns what it was told. */
  public RecordingListener events() {
    return events;
  }

  /** Returns the shards it owns; empty if it shares nothing. */
  public Set<Object> shards() {
    return sharing().get("ownedShards") instanceof Set<?> owned ? Set.copyOf(owned) : Set.of();
  }

  /** Returns its name in claims and leases. */
  public String incarnation() {
    return String.valueOf(sharing().get("member"));
  }

  /** Returns the incarnations it takes to be alive. */
  public Set<Object> members() {
    return sharing().get("members") instanceof Set<?> members ? new TreeSet<>(members) : Set.of();
  }

  /** Kills it: no timer runs, and no store call arrives any more. */
  public void kill() {
    dead = true;
    time.crash();
    store.breakNext(StoreFault.KILLED_BEFORE);
  }

  /** Closes it, unless it was killed. */
  public void close() {
    if (!dead) {
      tokens.close(Duration.ofSeconds(1));
    }
  }

  @Override
  public String toString() {
    return name;
  }

  private Map<?, ?> sharing() {
    return tokens.status().get("sharing") instanceof Map<?, ?> sharing ? sharing : Map.of();
  }
}
