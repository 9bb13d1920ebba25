package dev.tokenlife.refresh;

import dev.tokenlife.spi.DueListing.DueChain;
import dev.tokenlife.spi.PlannedRefresh;
import dev.tokenlife.spi.RefreshEngine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the engine when each watched chain wants its next refresh. */
final class Plans {
  private static final Logger log = LoggerFactory.getLogger(Plans.class);

  /** A plan that is overdue by more than this was lost on its way and may be made again. */
  private static final long LOST_MILLIS = 60_000;

  private final Refresher core;
  private final RefreshEngine engine;

  Plans(Refresher core, RefreshEngine engine) {
    this.core = core;
    this.engine = engine;
  }

  /**
   * Arms the engine for a chain's next refresh; for one without a token that is now, unless its
   * last failure says when.
   */
  void made(Entry entry, Snapshot shown) {
    core.uses().planned(entry, core.clock().now());
    Trouble trouble = entry.trouble;
    if (shown.stop() != null || !core.peers().isOurs(entry.key())) {
      forget(entry);
    } else if (shown.token() != null) {
      long at = shown.refreshAt();
      boolean armed = at < shown.serveUntil();
      entry.plan(engine, new PlannedRefresh(at, shown.serveUntil(), shown.generation(), 0, armed));
    } else if (trouble != null && core.clock().now() < trouble.retryAt()) {
      again(entry, trouble.retryAt(), trouble.failures());
    } else {
      long now = core.clock().now();
      entry.plan(engine, new PlannedRefresh(now, 0, shown.generation(), 0, true));
    }
  }

  /** Arms the engine for the next try after a failure; a try that never comes is not armed. */
  void again(Entry entry, long at, int failures) {
    Snapshot shown = entry.snapshot;
    int attempt = Math.max(1, failures);
    boolean armed = at != Long.MAX_VALUE;
    entry.plan(
        engine, new PlannedRefresh(at, shown.serveUntil(), shown.generation(), attempt, armed));
  }

  void forget(Entry entry) {
    entry.forget(engine);
  }

  /** A shard of ours has a chain that is due soon: armed, unless its present plan is known. */
  void dueInShard(DueChain due) {
    if (!core.sources().serves(due.key())) {
      log.debug("No source for key={}: left to the processes that have one", due.key());
      return;
    }
    Entry entry = core.entries().obtain(due.key());
    if (entry.flight() != null || isPending(entry, due)) {
      return;
    }
    entry.watched = true;
    Snapshot shown = entry.snapshot;
    entry.plan(
        engine, new PlannedRefresh(due.dueAt(), shown.serveUntil(), shown.generation(), 0, true));
  }

  /** After a failure the next try is planned by the failure, not by what the row was due at. */
  private boolean isPending(Entry entry, DueChain due) {
    long now = core.clock().now();
    long planned = entry.watched ? entry.plannedAt() : 0;
    Trouble trouble = entry.trouble;
    if (trouble != null) {
      return planned > now - LOST_MILLIS || now < trouble.retryAt();
    }
    return planned > now - LOST_MILLIS && planned <= due.dueAt();
  }
}
