package dev.tokenlife.transition;

import dev.tokenlife.model.ActorRule;
import dev.tokenlife.model.ChainPolicy;
import dev.tokenlife.model.ChainState;
import dev.tokenlife.model.Refusal;
import dev.tokenlife.model.ReusePolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A second telling of an issued chain, to hold the transitions against: not as a row with one
 * current and one previous token, but as the list of all tokens there ever were, each with its
 * fate. Times are milliseconds. What it answers is one word and a generation.
 */
record IssuedModel(
    ChainPolicy rules,
    long end,
    ChainState state,
    String holder,
    int seq,
    List<Token> tokens,
    int reuses,
    long lastAt,
    long lastUse) {
  /** What has become of a token. */
  enum Fate {
    /** The newest. */
    LIVE,
    /** Rotated out, and good until its time. */
    OVERLAPPING,
    /** Consumed, and answered again to its actor until its time. */
    CONSUMED,
    /** Nothing but a proof of reuse. */
    DEAD
  }

  record Token(
      int seq,
      long issuedAt,
      long expiresAt,
      Fate fate,
      @Nullable String by,
      long until,
      int uses) {
    Token dead() {
      return new Token(seq, issuedAt, expiresAt, Fate.DEAD, null, 0, 0);
    }

    Token fate(Fate next, @Nullable String actor, long time, int count) {
      return new Token(seq, issuedAt, expiresAt, next, actor, time, count);
    }
  }

  /** An answer and what the chain is after it. */
  record Told(String answer, IssuedModel next) {}

  static IssuedModel open(ChainPolicy rules, long end, String holder, long now) {
    IssuedModel none =
        new IssuedModel(
            rules, end, ChainState.ACTIVE, holder, 0, List.of(), 0, now, Long.MIN_VALUE);
    return none.minted(now);
  }

  Told poll(String who, long clock) {
    String no = standing(clock);
    if (no != null) {
      return refused(no);
    }
    if (self() || !who.equals(holder)) {
      return refused(self() ? Refusal.NOT_ELIGIBLE : Refusal.NOT_HOLDER);
    }
    long now = now(clock);
    Token live = live();
    boolean due = now >= live.expiresAt - rules.renewAhead().toMillis() && live.expiresAt != end;
    if (!far(clock) && !due) {
      return new Told("shown " + tokens.size(), this);
    }
    long until = far(clock) ? 0 : Math.min(now + rules.scanOverlap().toMillis(), live.expiresAt);
    return mint(
        with(t -> t.fate == Fate.LIVE ? t.fate(Fate.OVERLAPPING, null, until, 0) : t.dead()), now);
  }

  Told present(int generation, String actor, long clock, boolean first) {
    String no = standing(clock);
    if (no != null) {
      return refused(no);
    }
    if (far(clock) && !self()) {
      return refused(Refusal.BUSY);
    }
    long now = now(clock);
    Token token = tokens.get(generation - 1);
    if (token.fate == Fate.CONSUMED && isRepeat(token, actor, now)) {
      Token once = token.fate(Fate.CONSUMED, token.by, token.until, token.uses + 1);
      IssuedModel next = replaced(generation, once).at(Math.max(lastAt, now));
      return new Told("repeated " + tokens.size(), next.used(now));
    }
    if (token.seq < seq) {
      return reuse(clock, first);
    }
    if (self() != actor.equals(holder)) {
      return refused(self() ? Refusal.NOT_HOLDER : Refusal.NOT_ELIGIBLE);
    }
    boolean good =
        now < token.expiresAt
            && (token.fate == Fate.LIVE || (token.fate == Fate.OVERLAPPING && now < token.until));
    if (!good) {
      return refused(token.fate == Fate.LIVE ? Refusal.TOKEN_EXPIRED : Refusal.SUPERSEDED);
    }
    Token consumed = token.fate(Fate.CONSUMED, actor, now + rules.grace().toMillis(), 0);
    return mint(with(Token::dead).replaced(generation, consumed).held(actor), now);
  }

  private boolean isRepeat(Token token, String actor, long now) {
    return actor.equals(token.by)
        && now < token.until
        && token.uses < rules.graceUses()
        && now < live().expiresAt;
  }

  private Told reuse(long clock, boolean first) {
    if (far(clock)) {
      return refused(Refusal.BUSY);
    }
    if (!first || rules.reuse().action() == ReusePolicy.Action.REJECT) {
      return refused(Refusal.ALREADY_CONSUMED);
    }
    IssuedModel next = at(Math.max(lastAt, now(clock))).reuses(reuses + 1);
    if (next.reuses >= rules.reuse().after()) {
      boolean revoke = rules.reuse().action() == ReusePolicy.Action.REVOKE;
      next = revoke ? next.over(ChainState.REVOKED) : next.state(ChainState.SUSPENDED);
    }
    return new Told("reuse", next);
  }

  Told reassign(String to, long clock) {
    String no = standing(clock);
    return no != null ? refused(no) : mint(with(Token::dead).held(to), now(clock));
  }

  Told suspend(long clock) {
    String no = standing(clock);
    if (no != null) {
      return no.equals(Refusal.SUSPENDED.name()) ? new Told("already", this) : refused(no);
    }
    return new Told("done", at(Math.max(lastAt, now(clock))).state(ChainState.SUSPENDED));
  }

  Told resume(long clock) {
    String no = standing(clock);
    if (no == null) {
      return new Told("already", this);
    }
    if (!no.equals(Refusal.SUSPENDED.name())) {
      return refused(no);
    }
    IssuedModel active = state(ChainState.ACTIVE);
    return self()
        ? new Told("done", active.at(Math.max(lastAt, now(clock))))
        : active.mint(active.with(Token::dead), now(clock));
  }

  Told end(ChainState how, long clock) {
    boolean over = state == ChainState.CLOSED || state == ChainState.REVOKED;
    return over
        ? new Told("already", this)
        : new Told("done", at(Math.max(lastAt, now(clock))).over(how));
  }

  boolean far(long clock) {
    return lastAt - clock > 5_000;
  }

  long now(long clock) {
    return far(clock) ? clock : Math.max(clock, lastAt);
  }

  Token live() {
    return tokens.get(tokens.size() - 1);
  }

  boolean self() {
    return rules.actorRule() == ActorRule.SELF;
  }

  @Nullable String standing(long clock) {
    Duration idle = rules.idleTimeout();
    long now = now(clock);
    if (now >= end || (idle != null && now - lastUse >= idle.toMillis())) {
      return Refusal.CHAIN_EXPIRED.name();
    }
    return switch (state) {
      case ACTIVE -> null;
      case SUSPENDED -> Refusal.SUSPENDED.name();
      case CLOSED -> Refusal.CHAIN_CLOSED.name();
      case REVOKED -> Refusal.REVOKED.name();
    };
  }

  private Told refused(Refusal refusal) {
    return refused(refusal.name());
  }

  private Told refused(String why) {
    return new Told("refused " + why, this);
  }

  private Told mint(IssuedModel base, long now) {
    IssuedModel next = base.minted(now);
    return new Told("minted " + next.tokens.size(), next);
  }

  private IssuedModel minted(long now) {
    List<Token> more = new ArrayList<>(tokens);
    long expiresAt = Math.min(now + rules.ttl().toMillis(), end);
    more.add(new Token(seq, now, expiresAt, Fate.LIVE, null, 0, 0));
    return tokens(more).at(now).used(now);
  }

  private IssuedModel with(UnaryOperator<Token> change) {
    return tokens(tokens.stream().map(change).toList());
  }

  private IssuedModel replaced(int generation, Token token) {
    List<Token> all = new ArrayList<>(tokens);
    all.set(generation - 1, token);
    return tokens(all);
  }

  private IssuedModel over(ChainState how) {
    return with(Token::dead).state(how);
  }

  private IssuedModel held(String by) {
    return new IssuedModel(rules, end, state, by, seq + 1, tokens, 0, lastAt, lastUse);
  }

  private IssuedModel tokens(List<Token> next) {
    return new IssuedModel(
        rules, end, state, holder, seq, List.copyOf(next), reuses, lastAt, lastUse);
  }

  private IssuedModel state(ChainState next) {
    return new IssuedModel(rules, end, next, holder, seq, tokens, reuses, lastAt, lastUse);
  }

  private IssuedModel reuses(int next) {
    return new IssuedModel(rules, end, state, holder, seq, tokens, next, lastAt, lastUse);
  }

  private IssuedModel at(long next) {
    return new IssuedModel(rules, end, state, holder, seq, tokens, reuses, next, lastUse);
  }

  private IssuedModel used(long now) {
    return new IssuedModel(
        rules, end, state, holder, seq, tokens, reuses, lastAt, Math.max(lastUse, now));
  }
}
