package dev.tokenlife.plan;

import dev.tokenlife.spi.RefreshPolicy;
import dev.tokenlife.spi.RefreshPolicy.Lifetime;
import dev.tokenlife.spi.RefreshPolicy.Window;
import java.time.Duration;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Decides when a token is refreshed: within the policy's window, by the server's hint if there is
 * one, never in the past, never at or after the hard stop, never sooner than the minimum period,
 * and away from seconds that are crowded already.
 */
public final class Planner {
  private static final long MIN_PERIOD_MILLIS = 60_000;
  private static final int CANDIDATES = 6;

  /** A second with fewer planned refreshes than this is not crowded, whatever the others have. */
  private static final int QUIET = 8;

  private Planner() {}

  /** {@link #plan(RefreshPolicy, Lifetime, long, Duration, Circumstances)} whoever reads. */
  public static Plan plan(
      RefreshPolicy policy,
      Lifetime lifetime,
      long now,
      @Nullable Duration hint,
      Load load,
      long seed) {
    return plan(policy, lifetime, now, hint, new Circumstances(load, Usage.NONE, seed));
  }

  /**
   * Plans one generation.
   *
   * @param policy the rule
   * @param lifetime the token's life
   * @param now the time of planning, epoch milliseconds
   * @param hint the server's own word, counted from when the request was sent; null if it gave none
   * @param around what else goes on
   */
  public static Plan plan(
      RefreshPolicy policy,
      Lifetime lifetime,
      long now,
      @Nullable Duration hint,
      Circumstances around) {
    long serveUntil = Math.min(policy.serveUntil(lifetime), lifetime.expiresAt());
    long earliestLegal = saturatedAdd(now, minimumPeriod(lifetime));
    long latestLegal = serveUntil - 1;
    if (hint != null && !hint.isNegative() && !hint.isZero()) {
      long at = saturatedAdd(lifetime.issuedAt(), millis(hint));
      long wish = clamp(at, earliestLegal, latestLegal, now);
      return armed(hinted(wish, latestLegal, around), serveUntil);
    }
    Window window = policy.window(lifetime);
    if (!window.armed()) {
      return new Plan(serveUntil, serveUntil, false);
    }
    long from = clamp(window.earliest(), earliestLegal, latestLegal, now);
    long to = clamp(Math.max(window.earliest(), window.latest()), from, latestLegal, now);
    return armed(quietest(from, to, latestLegal, around), serveUntil);
  }

  /** A time that is not before the hard stop is no time for a refresh ahead. */
  private static Plan armed(long at, long serveUntil) {
    return new Plan(at, serveUntil, at < serveUntil);
  }

  /** The hint itself; if its second is crowded, within a quarter of the time that follows it. */
  private static long hinted(long at, long latestLegal, Circumstances around) {
    long to = at + Math.max(0, latestLegal - at) / 4;
    return around.load().at(at) < QUIET ? at : pick(at, to, around, around.random());
  }

  /**
   * The least time between two refreshes of a chain, in milliseconds: 60 s, at most a quarter of
   * the lifetime.
   */
  static long minimumPeriod(Lifetime lifetime) {
    return Math.min(MIN_PERIOD_MILLIS, lifetime.millis() / 4);
  }

  /**
   * Picks a quiet second of the window; if even the quietest seen is crowded, of everything up to
   * the hard stop.
   */
  private static long quietest(long from, long to, long hardStop, Circumstances around) {
    Load load = around.load();
    SplittableRandom random = around.random();
    long best = pick(from, to, around, random);
    if (load.at(best) < QUIET || to <= from) {
      return best;
    }
    long reserve = Math.max(0, (hardStop - from) / 20);
    long anywhere = pick(from, Math.max(to, hardStop - reserve), around, random);
    return load.at(anywhere) < load.at(best) ? anywhere : best;
  }

  private static long pick(long from, long to, Circumstances around, SplittableRandom random) {
    Load load = around.load();
    Draw draw = new Draw(from, to, around.usage(), random);
    long best = draw.next();
    for (int i = 1; i < CANDIDATES && to > from; i++) {
      long candidate = draw.next();
      if (load.at(candidate) < load.at(best)) {
        best = candidate;
      }
    }
    return best;
  }

  /** The legal bounds win over the wish, the upper over the lower, and the present over all. */
  private static long clamp(long wish, long lowest, long highest, long now) {
    return Math.max(now, Math.min(Math.max(wish, lowest), highest));
  }

  private static long saturatedAdd(long millis, long more) {
    return more > Long.MAX_VALUE - millis ? Long.MAX_VALUE : millis + more;
  }

  private static long millis(Duration duration) {
    try {
      return duration.toMillis();
    } catch (ArithmeticException tooLong) {
      return Long.MAX_VALUE;
    }
  }
}
