package dev.tokenlife.execution;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.spi.StoreException;
import dev.tokenlife.spi.StoredChain;
import dev.tokenlife.spi.TokenStore;
import dev.tokenlife.spi.WriteResult;
import dev.tokenlife.time.ProcessClock;
import dev.tokenlife.transition.Decision;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Runs commands against a store. Safe for use by many threads; blocks as the store does. */
public final class ChainExecutor {
  /** How many times a lost race is taken up again before the answer is BUSY. */
  static final int MAX_CONFLICTS = 5;

  private static final int READS_AFTER_UNKNOWN = 3;

  private final TokenStore store;
  private final ProcessClock clock;
  private final SecureRandom random = new SecureRandom();

  /** Works on this store, by this clock. */
  public ChainExecutor(TokenStore store, ProcessClock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Returns the store. */
  public TokenStore store() {
    return store;
  }

  /** Returns 128 random bits as text: for ops, nonces, claims and requests. */
  public String randomId() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * Runs a command, reading the row first.
   *
   * @throws StoreException if the store fails; UNKNOWN if the command may have been committed, also
   *     by an earlier attempt than the one that failed
   */
  public <A> Executed<A> execute(ChainKey key, Command<A> command) {
    return execute(key, command, store.find(key).orElse(null));
  }

  /** Runs a command on a row that was just read; {@code known} is null if there is none. */
  public <A> Executed<A> execute(ChainKey key, Command<A> command, @Nullable StoredChain known) {
    Attempts<A> attempts = new Attempts<>(command, clock, this::randomId, known);
    while (true) {
      Executed<A> settled = attempts.settled();
      if (settled != null) {
        return settled;
      }
      Decision<A> decision = attempts.decide();
      ChainRow next = decision.next();
      if (next == null) {
        return attempts.answered(decision);
      }
      Executed<A> written = writeOrSay(key, attempts, decision, next);
      if (written != null) {
        return written;
      }
      if (attempts.exhausted()) {
        return attempts.gaveUp();
      }
      pause(attempts.conflicts());
    }
  }

  /** A store that surely did nothing this time may still have done, or do, an attempt before. */
  private <A> @Nullable Executed<A> writeOrSay(
      ChainKey key, Attempts<A> attempts, Decision<A> decision, ChainRow next) {
    try {
      return write(key, attempts, decision, next);
    } catch (StoreException failure) {
      if (failure.kind() == StoreException.Kind.UNKNOWN || !attempts.mayHaveWritten()) {
        throw failure;
      }
      throw new StoreException(
          StoreException.Kind.UNKNOWN,
          "an earlier attempt on " + key + " may have been committed: " + failure.getMessage(),
          failure);
    }
  }

  private <A> @Nullable Executed<A> write(
      ChainKey key, Attempts<A> attempts, Decision<A> decision, ChainRow next) {
    StoredChain base = attempts.base();
    WriteResult result;
    try {
      result =
          base == null
              ? store.insert(next, decision.companions())
              : store.replace(next, base.version(), decision.companions());
    } catch (StoreException failure) {
      if (failure.kind() != StoreException.Kind.UNKNOWN) {
        throw failure;
      }
      attempts.unknown(next, readAfter(key, failure));
      return null;
    }
    if (result instanceof WriteResult.Written written) {
      return attempts.wrote(decision, new StoredChain(next, written.version()));
    }
    if (result instanceof WriteResult.CompanionExists exists) {
      attempts.companionExists(exists.companion(), store.find(key).orElse(null));
    } else if (result instanceof WriteResult.Lost lost) {
      attempts.lost(lost.current().orElse(null));
    }
    return null;
  }

  /** The answer was lost: what the row says now is the only truth. */
  private @Nullable StoredChain readAfter(ChainKey key, StoreException unknown) {
    for (int i = 0; ; i++) {
      try {
        return store.find(key).orElse(null);
      } catch (StoreException failure) {
        unknown.addSuppressed(failure);
        if (i + 1 == READS_AFTER_UNKNOWN) {
          throw unknown;
        }
        pause(i + 1);
      }
    }
  }

  /** A short random pause spreads the losers of one race; virtual time does not wait for it. */
  private static void pause(int conflicts) {
    long most = Math.min(conflicts, 5) * 500_000L;
    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(1, most + 1));
  }
}
