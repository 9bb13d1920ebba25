package dev.tokenlife.refresh;

import dev.tokenlife.model.AccessToken;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.spi.EngineContext;
import dev.tokenlife.spi.RefreshOutcome;
import dev.tokenlife.spi.RefreshPolicy.Lifetime;
import dev.tokenlife.spi.TokenEvent;
import dev.tokenlife.spi.Trigger;
import dev.tokenlife.spi.UpstreamGuard;
import dev.tokenlife.time.ProcessClock;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** What an engine sees of the refresh path: chains by their keys, and when they want what. */
final class EngineView implements EngineContext {
  private final Refresher core;

  EngineView(Refresher core) {
    this.core = core;
  }

  @Override
  public void run(ChainKey key, Trigger trigger, Consumer<RefreshOutcome> ended) {
    boolean byTimer = trigger == Trigger.TIMER || trigger == Trigger.QUEUE;
    if (byTimer && isLeftToOthers(key)) {
      ended.accept(new RefreshOutcome.Gone("another process refreshes it"));
      return;
    }
    core.fly(key, trigger, byTimer ? earliness(key) : 0, ended);
  }

  /**
   * A plan from before its shard was given up starts nothing, unless somebody here waits for it. If
   * the shard comes back, a look at what is due plans it anew.
   */
  private boolean isLeftToOthers(ChainKey key) {
    if (core.peers().isOurs(key)) {
      return false;
    }
    Entry entry = core.entries().find(key);
    if (entry != null && entry.flight() != null) {
      return false;
    }
    if (entry != null) {
      core.plans().forget(entry);
    }
    return true;
  }

  /** A timer may fire early by a 64th of its delay; what it fires for counts as due. */
  private long earliness(ChainKey key) {
    Snapshot shown = shown(key);
    return 64 + Math.max(0, shown.refreshAt() - shown.issuedAt()) / 64;
  }

  @Override
  public void shed(ChainKey key, String reason) {
    Entry entry = core.entries().find(key);
    Flight flight = entry == null ? null : entry.flight();
    if (entry != null && flight != null) {
      core.shed(entry, flight, reason);
    }
  }

  @Override
  public boolean used(ChainKey key) {
    Entry entry = core.entries().find(key);
    // Who reads in other processes is not known here.
    return entry != null && (core.peers().exist() || entry.isRead());
  }

  @Override
  public long likelyAt(ChainKey key) {
    Entry entry = core.entries().find(key);
    if (entry == null) {
      return Long.MAX_VALUE;
    }
    return core.peers().exist() ? 0 : core.uses().likelyAt(entry, core.clock().now());
  }

  @Override
  public long pausesAt(ChainKey key) {
    Entry entry = core.entries().find(key);
    Snapshot shown = shown(key);
    AccessToken token = shown.token();
    if (entry == null || token == null) {
      return 0;
    }
    Lifetime lifetime = new Lifetime(shown.issuedAt(), token.expiresAtMillis());
    return core.uses().pausesAt(entry, core.clock().now(), core.policies().refreshBy(lifetime));
  }

  @Override
  public long plannedAt(ChainKey key) {
    Entry entry = core.entries().find(key);
    return entry == null ? 0 : entry.plannedAt();
  }

  @Override
  public long serveUntil(ChainKey key) {
    return shown(key).serveUntil();
  }

  @Override
  public String upstream(ChainKey key) {
    return core.sources().of(key).upstream();
  }

  @Override
  public Duration callDeadline() {
    return core.settings().callDeadline();
  }

  @Override
  public ProcessClock clock() {
    return core.clock();
  }

  @Override
  public Executor executor() {
    return core.workers().executor();
  }

  @Override
  public UpstreamGuard guard() {
    return core.guard();
  }

  @Override
  public void tell(TokenEvent event) {
    core.tell(event);
  }

  private Snapshot shown(ChainKey key) {
    Entry entry = core.entries().find(key);
    return entry == null ? Snapshot.NONE : entry.snapshot;
  }
}
