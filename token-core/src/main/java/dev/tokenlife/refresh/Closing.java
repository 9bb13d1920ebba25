package dev.tokenlife.refresh;

import dev.tokenlife.time.TimeSource;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How an instance stops, within a timeout: in the order in which nothing is lost. */
final class Closing {
  private static final Logger log = LoggerFactory.getLogger(Closing.class);

  /** What a result that came at the last moment gets to be stored, whatever the timeout. */
  private static final Duration TO_STORE = Duration.ofSeconds(1);

  private final Refresher core;
  private final Crew crew;
  private final InFlight running;
  private final TimeSource time;
  private final Duration timeout;
  private final long started;

  Closing(Refresher core, Crew crew, InFlight running, Duration timeout) {
    this.core = core;
    this.crew = crew;
    this.running = running;
    this.time = core.time();
    this.timeout = timeout;
    this.started = time.nanos();
  }

  void run() {
    core.peers().drain(left());
    core.engine().close(left());
    core.claims().close();
    boolean idle = running.awaitNone(left());
    if (!closeThreads() || !idle) {
      log.warn("Closed while refreshes were under way: running={}", running.count());
    }
    core.entries().clear(this::end);
    core.peers().leave(running.count() == 0, left());
    core.guard().close();
  }

  /** Calls end first, since they may leave something to be stored. */
  private boolean closeThreads() {
    boolean ended = crew.calls().close(left());
    Duration left = left();
    ended &= crew.chores().close(left.compareTo(TO_STORE) < 0 ? TO_STORE : left);
    ended &= crew.answers().close(left());
    return ended;
  }

  /** Nobody waits for, or reads, a chain of a closed instance. */
  private void end(Entry entry) {
    Flight flight = entry.flight();
    if (flight != null) {
      entry.landed(flight);
      flight.result().completeExceptionally(core.closedError(entry.key()));
    }
  }

  private Duration left() {
    Duration left = timeout.minusNanos(time.nanos() - started);
    return left.isNegative() ? Duration.ZERO : left;
  }
}
