package dev.tokenlife.refresh;

import dev.tokenlife.plan.Habit;
import dev.tokenlife.plan.Usage;
import dev.tokenlife.spi.UsageRules;
import dev.tokenlife.spi.WeeklyHours;

/** What the rules make of the marks that readers leave: when a chain should be refreshed. */
final class Uses {
  /** How long before a usual read a sleeping chain is woken at least. */
  private static final long SHORTEST_LEAD_MILLIS = 60_000;

  /** The most that wakings for one hour are spread over. */
  private static final long SPREAD_MILLIS = 15 * 60_000;

  private final UsageRules rules;

  Uses(UsageRules rules) {
    this.rules = rules;
  }

  /** A plan is about to be made: what was seen so far is learned, and seeing begins anew. */
  void planned(Entry entry, long now) {
    if (rules.habits()) {
      entry.learn(now);
    }
    entry.takeRead();
    entry.pauseUntil(0);
  }

  /** Returns how times suit a chain's next refresh. */
  Usage of(Entry entry, long now) {
    if (rules.equals(UsageRules.OFF)) {
      return Usage.NONE;
    }
    if (!rules.habits()) {
      return new Ruled(rules, Usage.NONE);
    }
    synchronized (entry) {
      return new Ruled(rules, entry.learn(now)::share);
    }
  }

  /** See {@link dev.tokenlife.spi.EngineContext#likelyAt}. */
  long likelyAt(Entry entry, long now) {
    boolean read = entry.isRead();
    if (!rules.habits()) {
      return read ? 0 : Long.MAX_VALUE;
    }
    synchronized (entry) {
      Habit habit = entry.learn(now);
      boolean unusual = read && !habit.expects(now);
      long next = habit.next(Math.max(now, entry.snapshot.serveUntil()));
      long at = unusual ? 0 : next == Long.MAX_VALUE ? next : next - lead(entry);
      if (at > now) {
        entry.takeRead();
        habit.sleep();
      }
      return at;
    }
  }

  /** See {@link dev.tokenlife.spi.EngineContext#pausesAt}. */
  long pausesAt(Entry entry, long now, long refreshBy) {
    long again = now + rules.gap().toMillis();
    boolean mayWait = again > now && entry.trouble == null && again <= refreshBy;
    long until = mayWait && entry.isReadAgain() ? again : 0;
    entry.pauseUntil(until);
    return until;
  }

  /** Each chain has its own, so that those who all begin at nine are not refreshed together. */
  private static long lead(Entry entry) {
    long spread = entry.key().hashCode() * 0x9E37_79B9_7F4A_7C15L;
    return SHORTEST_LEAD_MILLIS + (spread >>> 1) % SPREAD_MILLIS;
  }

  /** What is configured comes first, then what was learned. */
  private record Ruled(UsageRules rules, Usage learned) implements Usage {
    @Override
    public double at(long millis) {
      if (rules.quiet().isEmpty()) {
        return learned.at(millis);
      }
      boolean quiet = rules.quiet().stream().anyMatch(hours -> hours.contains(millis));
      return quiet ? 0 : Math.max(0.5, learned.at(millis));
    }

    @Override
    public long busyUntil(long millis) {
      long until = millis;
      for (WeeklyHours hours : rules.busy()) {
        until = Math.max(until, hours.endsAt(millis));
      }
      return until;
    }
  }
}
