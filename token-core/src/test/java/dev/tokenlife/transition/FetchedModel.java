package dev.tokenlife.transition;

import dev.tokenlife.model.ChainState;
import dev.tokenlife.model.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * A second telling of a fetched chain, to hold the transitions against. Tokens are the names of the
 * calls and grants they came from.
 *
 * @param generation how many tokens there were; -1 before anything was opened
 * @param grant the sign-in the chain lives on, or lived on when it ended; null if it has none
 * @param access where the access token came from; null if it was dropped
 * @param refresh where the refresh token came from
 * @param claim the call that was announced
 * @param trouble the failure that was kept
 */
record FetchedModel(
    ChainState state,
    int generation,
    @Nullable String grant,
    @Nullable String access,
    @Nullable String refresh,
    @Nullable String claim,
    @Nullable Trouble trouble,
    int resends,
    long lastAt) {
  /** A failure of the present generation. */
  record Trouble(FailureKind kind, int count, long since, long notBefore) {}

  /** An answer and what the chain is after it. */
  record Told(String answer, FetchedModel next) {}

  static final FetchedModel NOTHING =
      new FetchedModel(ChainState.ACTIVE, -1, null, null, null, null, null, 0, 0);

  Told read(long clock) {
    return generation >= 0
        ? new Told("already", this)
        : new Told(
            "done", new FetchedModel(ChainState.ACTIVE, 0, null, null, null, null, null, 0, clock));
  }

  Told adopt(String sign, long clock) {
    if (sign.equals(grant)) {
      return new Told("already", this);
    }
    int next = Math.max(generation, 0) + 1;
    return new Told(
        "done",
        new FetchedModel(ChainState.ACTIVE, next, sign, sign, sign, null, null, 0, now(clock)));
  }

  Told claim(String call, int from, long clock) {
    if (generation < 0) {
      return new Told("absent", this);
    }
    if (state != ChainState.ACTIVE) {
      return new Told("not active", this);
    }
    if (from != generation || claim != null) {
      return new Told(from != generation ? "moved" : "claimed", this);
    }
    if (trouble != null && now(clock) < trouble.notBefore) {
      return new Told("forbidden", this);
    }
    boolean again = trouble != null && trouble.kind == FailureKind.AMBIGUOUS;
    return done(
        new FetchedModel(
            state,
            generation,
            grant,
            access,
            refresh,
            call,
            trouble,
            resends + (again ? 1 : 0),
            later(clock)));
  }

  Told store(String call, int from, long clock) {
    if (over()) {
      return new Told("not active", call.equals(claim) ? claimed(null).at(later(clock)) : this);
    }
    if (from != generation) {
      return new Told("moved", this);
    }
    if (claim != null && !claim.equals(call)) {
      return new Told("claimed", this);
    }
    return done(
        new FetchedModel(
            state, generation + 1, grant, call, call, null, null, resends, now(clock)));
  }

  Told fail(String call, int from, FailureKind kind, long notBefore, long clock) {
    if (!call.equals(claim)) {
      return new Told(from == generation ? "already" : "moved", this);
    }
    FetchedModel free = claimed(null).at(later(clock));
    boolean kept = kind == FailureKind.PERMANENT || kind == FailureKind.AMBIGUOUS;
    if (!kept || over()) {
      return done(free);
    }
    FetchedModel failed = free.troubled(next(kind, clock, notBefore));
    return done(kind == FailureKind.PERMANENT ? failed.without() : failed);
  }

  Told abandon(String call, long notBefore, long clock) {
    if (generation < 0 || !call.equals(claim)) {
      return new Told(generation < 0 ? "absent" : "moved", this);
    }
    FetchedModel free = claimed(null).at(later(clock));
    return done(over() ? free : free.troubled(next(FailureKind.AMBIGUOUS, clock, notBefore)));
  }

  Told clear(long clock) {
    if (generation < 0 || trouble == null) {
      return new Told(generation < 0 ? "absent" : "moved", this);
    }
    boolean again = trouble.kind == FailureKind.AMBIGUOUS && !over();
    return done(
        new FetchedModel(
            state,
            generation,
            grant,
            access,
            refresh,
            claim,
            null,
            resends + (again ? 1 : 0),
            later(clock)));
  }

  Told invalidate(int rejected, long clock) {
    if (generation < 0) {
      return new Told("absent", this);
    }
    if (rejected != generation || over()) {
      return new Told("moved", this);
    }
    return access == null ? new Told("already", this) : done(without().at(later(clock)));
  }

  Told suspend(long clock) {
    if (generation < 0 || over()) {
      return new Told("refused", this);
    }
    return state == ChainState.SUSPENDED
        ? new Told("already", this)
        : done(in(ChainState.SUSPENDED).at(later(clock)));
  }

  Told resume(long clock) {
    if (generation < 0 || over()) {
      return new Told("refused", this);
    }
    return state == ChainState.ACTIVE
        ? new Told("already", this)
        : done(in(ChainState.ACTIVE).without().at(later(clock)));
  }

  Told close(long clock) {
    if (generation < 0 || over()) {
      return new Told(generation < 0 ? "refused" : "already", this);
    }
    return done(
        new FetchedModel(
            ChainState.CLOSED, generation, grant, null, null, claim, trouble, 0, later(clock)));
  }

  boolean over() {
    return state == ChainState.CLOSED;
  }

  private Trouble next(FailureKind kind, long clock, long notBefore) {
    return trouble != null && trouble.kind == kind
        ? new Trouble(kind, trouble.count + 1, trouble.since, notBefore)
        : new Trouble(kind, 1, now(clock), notBefore);
  }

  private static Told done(FetchedModel next) {
    return new Told("done", next);
  }

  private long now(long clock) {
    return lastAt - clock > 5_000 ? clock : later(clock);
  }

  private long later(long clock) {
    return Math.max(clock, lastAt);
  }

  private FetchedModel claimed(@Nullable String by) {
    return new FetchedModel(
        state, generation, grant, access, refresh, by, trouble, resends, lastAt);
  }

  private FetchedModel troubled(Trouble next) {
    return new FetchedModel(
        state, generation, grant, access, refresh, claim, next, resends, lastAt);
  }

  private FetchedModel without() {
    return new FetchedModel(
        state, generation, grant, null, refresh, claim, trouble, resends, lastAt);
  }

  private FetchedModel in(ChainState next) {
    return new FetchedModel(
        next, generation, grant, access, refresh, claim, trouble, resends, lastAt);
  }

  private FetchedModel at(long next) {
    return new FetchedModel(
        state, generation, grant, access, refresh, claim, trouble, resends, next);
  }
}
