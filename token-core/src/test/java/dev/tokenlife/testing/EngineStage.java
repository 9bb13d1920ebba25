package dev.tokenlife.testing;

import dev.tokenlife.Tokens;
import dev.tokenlife.TokensBuilder;
import dev.tokenlife.crypto.KeyRing;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.Secret;
import dev.tokenlife.model.TokenUnavailableException;
import dev.tokenlife.spi.FetchedToken;
import dev.tokenlife.spi.RefreshEngine;
import dev.tokenlife.spi.TokenStore;
import dev.tokenlife.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Where one law of engines is played: a store, a virtual time, and the instances the law starts. An
 * instance started here runs on the thread that calls it or moves the time; one started with
 * threads of its own runs on those, and only its timers wait for the time to be moved.
 */
public final class EngineStage {
  /** The chain most laws are about. */
  public static final ChainKey ANN = ChainKey.of("music", "ann");

  /** Another one of the same upstream. */
  public static final ChainKey BOB = ChainKey.of("music", "bob");

  /** How long a token lives, if the law does not say otherwise. */
  public static final Duration HOUR = Duration.ofHours(1);

  /** By then an hour's token is due, by any policy's spread, and still served. */
  public static final Duration DUE = Duration.ofMinutes(50);

  private final Supplier<RefreshEngine> engines;
  private final TokenStore store;
  private final boolean ahead;
  private final VirtualTime time = new VirtualTime();
  private final List<Node> nodes = new ArrayList<>();
  private final List<Tokens> threaded = new ArrayList<>();
  private final RefusingExecutor workers = new RefusingExecutor();

  EngineStage(Supplier<RefreshEngine> engines, TokenStore store, boolean ahead) {
    this.engines = engines;
    this.store = store;
    this.ahead = ahead;
  }

  /** Returns the time everything here lives by. */
  public VirtualTime time() {
    return time;
  }

  /** Returns whether the engine refreshes by itself, without a reader. */
  public boolean ahead() {
    return ahead;
  }

  /** Starts an instance. */
  public Node node(ScriptedSource source) {
    return node(source, builder -> builder);
  }

  /** Starts an instance with other settings. */
  public Node node(ScriptedSource source, UnaryOperator<TokensBuilder> change) {
    UnaryOperator<TokensBuilder> onWorkers = builder -> change.apply(builder.executor(workers));
    String name = "node-" + nodes.size();
    Node node = Node.start(name, store, time, source, engines.get(), onWorkers);
    nodes.add(node);
    return node;
  }

  /** Starts an instance with threads of its own. */
  public Tokens threaded(ScriptedSource source, UnaryOperator<TokensBuilder> change) {
    TokensBuilder builder =
        Tokens.builder()
            .source(source)
            .engine(engines.get())
            .store(store)
            .keys(KeyRing.of(1, KeyRing.newKey()))
            .time(time);
    Tokens tokens = change.apply(builder).build();
    threaded.add(tokens);
    return tokens;
  }

  /** Returns what the instances without threads of their own run on. */
  public RefusingExecutor workers() {
    return workers;
  }

  /** Gives a chain a grant with a token of one hour and a refresh token. */
  public static void signIn(Tokens tokens, ChainKey key) {
    Secret refresh = Secret.of("refresh-of-" + key.id());
    tokens.adopt(key, "grant-1", FetchedToken.of("granted", HOUR).withRefreshToken(refresh));
  }

  /** Lets time pass. Nobody reads meanwhile. */
  public void pass(Duration duration) {
    time.advance(duration);
  }

  /**
   * Lets time pass as the engine needs it: one that refreshes ahead gets no reader at all, one that
   * waits to be asked gets one each minute, who is content with any answer.
   */
  public void live(Node node, ChainKey key, Duration duration) {
    if (ahead) {
      pass(duration);
      return;
    }
    for (long minute = 0; minute < duration.toMinutes(); minute++) {
      pass(Duration.ofMinutes(1));
      ask(node.tokens(), key);
    }
  }

  /** Asks for a token and is content with any answer. */
  static void ask(Tokens tokens, ChainKey key) {
    try {
      tokens.get(key);
    } catch (TokenUnavailableException refused) {
      assert refused.key().equals(key);
    }
  }

  /** Returns how many chains the engine has armed; 0 if it arms nothing ever. */
  public static int armed(Node node) {
    Object armed = node.tokens().status().getOrDefault("armed", 0);
    return Integer.parseInt(armed.toString());
  }

  /** Returns a chain's row as it is in the store. */
  public ChainRow row(ChainKey key) {
    return store.find(key).orElseThrow().row();
  }

  /** Closes every instance; the store stays open. */
  void close() {
    workers.full(false);
    nodes.forEach(Node::close);
    threaded.forEach(tokens -> tokens.close(Duration.ofSeconds(5)));
  }
}
