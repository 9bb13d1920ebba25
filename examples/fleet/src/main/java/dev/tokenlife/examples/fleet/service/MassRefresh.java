package dev.tokenlife.examples.fleet.service;

import dev.tokenlife.Tokens;
import dev.tokenlife.examples.fleet.record.RunClock;
import dev.tokenlife.examples.fleet.users.Person;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.FailureKind;
import dev.tokenlife.model.Progress;
import dev.tokenlife.model.TokenUnavailableException;
import dev.tokenlife.spi.Demand;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Refreshes everybody once more, as after a leak, and asks again where it is told to come later: a
 * refusal of the guard is no failure.
 */
public final class MassRefresh {
  private static final Duration LATER = Duration.ofMillis(500);

  private final Tokens tokens;
  private final RunClock clock;
  private final Duration startedAt;
  private final long total;
  private final AtomicLong done = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();

  private MassRefresh(Tokens tokens, RunClock clock, long total) {
    this.tokens = tokens;
    this.clock = clock;
    this.startedAt = clock.elapsed();
    this.total = total;
  }

  /** Starts to refresh these people. */
  public static MassRefresh start(Tokens tokens, List<Person> people, RunClock clock) {
    MassRefresh work = new MassRefresh(tokens, clock, people.size());
    people.forEach(person -> work.refresh(person.key()));
    return work;
  }

  /** Returns how far it is; a grant that was taken back is no failure. */
  public Progress progress() {
    return new Progress(done.get(), failed.get(), total, clock.elapsed().minus(startedAt));
  }

  /** Returns whether everybody was tried to the end. */
  public boolean isOver() {
    return done.get() == total;
  }

  private void refresh(ChainKey key) {
    try {
      var unused =
          tokens
              .refresh(key, Demand.BACKGROUND)
              .whenComplete((token, failure) -> ended(key, failure));
    } catch (TokenUnavailableException closed) {
      ended(key, closed);
    }
  }

  private void ended(ChainKey key, @Nullable Throwable failure) {
    if (failure == null) {
      done.incrementAndGet();
      return;
    }
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof TokenUnavailableException none && none.retryable()) {
      Duration wait = none.retryAfter().orElse(LATER);
      clock.time().schedule(wait, () -> refresh(key));
      return;
    }
    boolean revoked =
        cause instanceof TokenUnavailableException none
            && none.kind().filter(kind -> kind == FailureKind.PERMANENT).isPresent();
    if (!revoked) {
      failed.incrementAndGet();
    }
    done.incrementAndGet();
  }
}
