package dev.tokenlife.examples.fleet.users;

import dev.tokenlife.Tokens;
import dev.tokenlife.model.AccessToken;
import dev.tokenlife.model.FailureKind;
import dev.tokenlife.model.TokenUnavailableException;
import dev.tokenlife.model.TokenUnavailableException.Reason;
import dev.tokenlife.time.TimeSource;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Map;

/** Reads tokens as the code of a service does, and notes how that went. For one thread. */
final class Caller {
  /** A token this close to its end may end during the read. */
  private static final long MARGIN_MILLIS = 500;

  private static final Duration SHORTEST_WAIT = Duration.ofMillis(10);
  private static final Duration LATE = Duration.ofMillis(100);

  private final Tokens tokens;
  private final TimeSource time;
  private final Duration lifetime;
  private final Map<String, Reads> reads;
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

  Caller(Tokens tokens, TimeSource time, Duration lifetime, Map<String, Reads> reads) {
    this.tokens = tokens;
    this.time = time;
    this.lifetime = lifetime;
    this.reads = reads;
  }

  /**
   * One read, and what was known when it began.
   *
   * @param usable whether the person's last token must still be good
   * @param parked how often this thread had waited before
   * @param started the ticker
   */
  private record Read(Person person, Reads notes, boolean usable, long parked, long started) {}

  void read(Person person) {
    Reads notes = reads.get(person.key().partition());
    if (notes == null) {
      return;
    }
    boolean usable = person.hasUsable(time.wallMillis() + MARGIN_MILLIS);
    Read read = new Read(person, notes, usable, parked(), time.nanos());
    try {
      served(read, tokens.get(person.key()));
    } catch (TokenUnavailableException none) {
      failed(read, none);
    }
  }

  private void served(Read read, AccessToken token) {
    long took = time.nanos() - read.started;
    if (read.usable) {
      // Who waited for a refresh gets what it brought: the same token as before came without one.
      boolean sameAsBefore = read.person.knows(token);
      read.notes.served(took, !sameAsBefore && hasWaited(read, took, SHORTEST_WAIT));
    } else {
      read.notes.fetched(took);
    }
    if (token.expiresAtMillis() <= time.wallMillis()) {
      read.notes.countServedDead();
    }
    read.person.given(token, lifetime);
  }

  private void failed(Read read, TokenUnavailableException none) {
    long took = time.nanos() - read.started;
    Reason reason = none.reason();
    if (reason == Reason.CLOSED || reason == Reason.INTERRUPTED) {
      return;
    }
    if (none.kind().filter(kind -> kind == FailureKind.PERMANENT).isPresent()) {
      read.notes.signedOut();
      return;
    }
    if (read.usable) {
      read.notes.countUsableFailed();
    }
    boolean refusedLate = reason == Reason.GUARD_CLOSED && hasWaited(read, took, LATE);
    read.notes.failed(reason, took, refusedLate || reason == Reason.DEADLINE);
  }

  /** A thread that only lost its core to others was slow, but nothing made it wait. */
  private boolean hasWaited(Read read, long took, Duration least) {
    return took >= least.toNanos() && parked() > read.parked;
  }

  /** Returns how often this thread has waited for something. */
  private long parked() {
    ThreadInfo mine = threads.getThreadInfo(Thread.currentThread().getId());
    return mine == null ? 0 : mine.getWaitedCount();
  }
}
