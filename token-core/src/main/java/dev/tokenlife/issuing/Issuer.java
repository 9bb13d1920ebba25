package dev.tokenlife.issuing;

import dev.tokenlife.crypto.ChainTokens;
import dev.tokenlife.crypto.KeyRing;
import dev.tokenlife.execution.ChainExecutor;
import dev.tokenlife.execution.Executed;
import dev.tokenlife.execution.Listeners;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainPolicy;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.spi.StoredChain;
import dev.tokenlife.spi.TokenEvent;
import dev.tokenlife.spi.Trigger;
import dev.tokenlife.time.ProcessClock;
import dev.tokenlife.transition.Answer;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What every command on an issued chain works with, and the one way to run one. */
public final class Issuer {
  private final ChainExecutor executor;
  private final Map<String, ChainPolicy> policies;
  private final KeyRing keys;
  private final ChainTokens tokens;
  private final ProcessClock clock;
  private final Listeners listeners;
  private volatile Consumer<StoredChain> changed = stored -> {};
  private volatile Function<ChainKey, @Nullable StoredChain> remembered = key -> null;

  /** Issues chains of these types with these keys. */
  public Issuer(
      ChainExecutor executor,
      Map<String, ChainPolicy> policies,
      KeyRing keys,
      ProcessClock clock,
      Listeners listeners) {
    this.executor = executor;
    this.policies = Map.copyOf(policies);
    this.keys = keys;
    this.tokens = new ChainTokens(keys);
    this.clock = clock;
    this.listeners = listeners;
  }

  ChainExecutor executor() {
    return executor;
  }

  ChainTokens tokens() {
    return tokens;
  }

  KeyRing keys() {
    return keys;
  }

  ProcessClock clock() {
    return clock;
  }

  int keyId() {
    return keys.primaryId();
  }

  /** Sets who is told of every row this process writes. */
  void onChange(Consumer<StoredChain> listener) {
    changed = listener;
  }

  /** Sets who may remember the newest row of a chain without reading it. */
  void onRecall(Function<ChainKey, @Nullable StoredChain> memory) {
    remembered = memory;
  }

  /**
   * Returns a row of this chain that may be old; null if nobody remembers one. A write from it
   * succeeds only if it is the newest, so it is good for deciding yes, never for deciding no.
   */
  @Nullable StoredChain recall(ChainKey key) {
    return remembered.apply(key);
  }

  /** Returns the rules of a type. */
  ChainPolicy policy(String type) {
    ChainPolicy policy = policies.get(type);
    if (policy == null) {
      throw new IllegalArgumentException(
          "no rules for chains of type '"
              + type
              + "'; known are "
              + policies.keySet().stream().sorted().toList()
              + ": name it with type(...) when building Chains");
    }
    return policy;
  }

  /**
   * Returns the rules of a row's type; null for a row that is not there or not of an issued chain.
   */
  @Nullable ChainPolicy policyOf(@Nullable ChainRow row) {
    return row == null ? null : policies.get(row.origin().type());
  }

  /** Reads the row and runs a command on it. */
  Executed<Answer> run(ChainKey key, IssuedCommand command) {
    return run(key, command, executor.store().find(key).orElse(null));
  }

  /** Runs a command on a row that was just read; tells of a change before it returns. */
  Executed<Answer> run(ChainKey key, IssuedCommand command, @Nullable StoredChain known) {
    Executed<Answer> executed = executor.execute(key, command, known);
    StoredChain stored = executed.stored();
    if (executed.skewed()) {
      tell(TokenEvent.Type.CLOCK_SKEW, key, stored, "the row was written by a clock far ahead");
    }
    if (executed.wrote() && stored != null) {
      changed.accept(stored);
    }
    return executed;
  }

  /** Tells of something that left a chain as this row says. */
  void tell(TokenEvent.Type type, ChainRow row, String detail) {
    tell(type, row.key(), row, detail);
  }

  void tell(TokenEvent.Type type, ChainKey key, @Nullable StoredChain stored, String detail) {
    tell(type, key, stored == null ? null : stored.row(), detail);
  }

  private void tell(TokenEvent.Type type, ChainKey key, @Nullable ChainRow row, String detail) {
    long generation = row == null ? 0 : row.generation();
    var current = row == null ? null : row.current();
    listeners.tell(
        new TokenEvent(
            type,
            key,
            Trigger.CALLER,
            generation,
            current == null ? 0 : current.expiresAt(),
            null,
            detail));
  }
}
