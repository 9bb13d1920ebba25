package dev.tokenlife.refresh;

import dev.tokenlife.spi.StoredChain;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads rows again and shows them to readers. However many ask about one chain at the same time, it
 * is read once, on a worker.
 */
final class Looks {
  private static final Logger log = LoggerFactory.getLogger(Looks.class);

  /** How soon a look that nobody waits for may follow the one before. */
  private static final long PAUSE_MILLIS = 1_000;

  /** For how long a failed look keeps readers with a usable token from waiting for another. */
  private static final long DOWN_MILLIS = 5_000;

  private final Refresher core;

  Looks(Refresher core) {
    this.core = core;
  }

  /** Reads the row on this thread, and arms the engine if it brings something new. */
  void now(Entry entry) {
    String upstream = core.sources().of(entry.key()).upstream();
    Snapshot before = entry.snapshot;
    StoredChain stored = core.rows().readOrOpen(entry.key(), upstream);
    Snapshot shown = LostWrites.publish(core, entry, before, stored);
    if (shown.generation() != before.generation() || before.revision() == 0) {
      core.plans().made(entry, shown);
    }
  }

  /** Joins the look under way, or starts one; completes exceptionally if the row cannot be read. */
  CompletableFuture<Void> shared(Entry entry) {
    CompletableFuture<Void> mine = new CompletableFuture<>();
    CompletableFuture<Void> look = entry.pauses().joinLook(mine, core.clock().now());
    if (look == mine) {
      core.chores().run(() -> run(entry, mine));
    }
    return look;
  }

  /** Starts a look that nobody waits for, unless there was one a moment ago. */
  void behind(Entry entry) {
    if (entry.pauses().mayLook(core.clock().now(), PAUSE_MILLIS)) {
      var unused = shared(entry);
    }
  }

  /** The row could not be read, or not soon enough. */
  void failed(Entry entry) {
    entry.pauses().unreadableUntil = core.clock().now() + DOWN_MILLIS;
  }

  private void run(Entry entry, CompletableFuture<Void> look) {
    try {
      now(entry);
      entry.pauses().unreadableUntil = 0;
      entry.pauses().looked(look);
      look.complete(null);
    } catch (RuntimeException | Error failure) {
      failed(entry);
      entry.pauses().looked(look);
      look.completeExceptionally(failure);
      log.debug("Could not look at key={} again; its token is served on", entry.key(), failure);
    }
  }
}
