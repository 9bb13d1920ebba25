package dev.tokenlife.transition;

import dev.tokenlife.model.ChainPolicy;
import dev.tokenlife.model.ChallengeRule;
import dev.tokenlife.model.Refusal;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A second telling of a challenged chain, to hold the transitions against: one card per scanner.
 * The rules have no early rotation, and clocks only go forward here.
 *
 * @param cards the scanners' challenges
 * @param consumed the challenge that was consumed last, while its answer may still be repeated
 * @param failed guesses that were paid for and not given back
 * @param asked challenges given out
 */
record ChallengeModel(
    ChainPolicy rules,
    String holder,
    int seq,
    int generation,
    long expiresAt,
    boolean suspended,
    Map<String, Card> cards,
    @Nullable Consumed consumed,
    int failed,
    int asked,
    long lockedUntil) {
  /** A challenge: its name and what is left of it. */
  record Card(String id, int scanned, long until, int left) {}

  /** A hand-over whose answer may have been lost. */
  record Consumed(String id, String scanner, long until, int uses) {}

  /** An answer and what the chain is after it. */
  record Told(String answer, ChallengeModel next) {}

  static ChallengeModel open(ChainPolicy rules, long now) {
    long expiresAt = now + rules.ttl().toMillis();
    return new ChallengeModel(rules, "anna", 0, 1, expiresAt, false, Map.of(), null, 0, 0, 0);
  }

  Told poll(long now) {
    if (suspended || now < expiresAt) {
      return new Told(suspended ? "refused SUSPENDED" : "done", this);
    }
    return new Told("done", new Edit(this).minted(now).grace(null).done());
  }

  Told suspendOrResume(long now) {
    if (!suspended) {
      return new Told("done", new Edit(this).suspended(true).done());
    }
    return new Told(
        "done", new Edit(this).suspended(false).minted(now).grace(null).cards(Map.of()).done());
  }

  Told reassign(String to, long now) {
    return suspended
        ? refused(Refusal.SUSPENDED)
        : new Told("done", new Edit(this).minted(now).grace(null).newSeq(to).done());
  }

  Told ask(String scanner, String id, long now) {
    if (suspended) {
      return refused(Refusal.SUSPENDED);
    }
    if (scanner.equals(holder)) {
      return refused(Refusal.NOT_ELIGIBLE);
    }
    if (now >= expiresAt) {
      return refused(Refusal.TOKEN_EXPIRED);
    }
    ChallengeModel fresh = lockOver(now);
    if (now < fresh.lockedUntil) {
      return refused(Refusal.LOCKED);
    }
    if (fresh.asked >= rule().perSeq()) {
      long until = now + rule().lockTime().toMillis();
      return new Told("refused LOCKED", new Edit(fresh).locked(until).done());
    }
    Map<String, Card> more = new TreeMap<>(fresh.cards);
    more.values().removeIf(card -> now >= card.until || card.left == 0);
    more.put(scanner, new Card(id, generation, now + rule().ttl().toMillis(), rule().attempts()));
    return new Told("done", new Edit(fresh).cards(more).asked(fresh.asked + 1).done());
  }

  /** Paying for a guess. */
  Told guess(String scanner, String id, long now) {
    Told early = early(scanner, id, now);
    if (early != null) {
      return early;
    }
    ChallengeModel fresh = lockOver(now);
    if (now < fresh.lockedUntil) {
      return refused(Refusal.LOCKED);
    }
    Card card = cards.get(scanner);
    if (card == null || !card.id.equals(id) || card.left == 0 || now >= card.until) {
      return refused(Refusal.CHALLENGE_FAILED);
    }
    Map<String, Card> less = new TreeMap<>(cards);
    less.put(scanner, new Card(id, card.scanned, card.until, card.left - 1));
    int failures = fresh.failed + 1;
    long until =
        failures >= rule().lockAfter() ? now + rule().lockTime().toMillis() : fresh.lockedUntil;
    return new Told("compare", new Edit(fresh).cards(less).failed(failures).locked(until).done());
  }

  /** Going on after a right guess. */
  Told match(String scanner, String id, long now) {
    Told early = early(scanner, id, now);
    if (early != null) {
      return early;
    }
    Card card = cards.get(scanner);
    if (card == null || !card.id.equals(id)) {
      return refused(Refusal.CHALLENGE_FAILED);
    }
    boolean ownLock = failed >= rule().lockAfter() && failed - 1 < rule().lockAfter();
    Consumed by = new Consumed(id, scanner, now + rules.grace().toMillis(), 0);
    Edit edit = new Edit(this).minted(now).newSeq(scanner).grace(by);
    return new Told("done", ownLock ? edit.locked(0).done() : edit.done());
  }

  private @Nullable Told early(String scanner, String id, long now) {
    if (suspended) {
      return refused(Refusal.SUSPENDED);
    }
    if (consumed == null || !consumed.id.equals(id)) {
      return null;
    }
    boolean repeat =
        consumed.scanner.equals(scanner)
            && now < consumed.until
            && consumed.uses < rules.graceUses()
            && now < expiresAt;
    Consumed once = new Consumed(id, consumed.scanner, consumed.until, consumed.uses + 1);
    return repeat
        ? new Told("repeated", new Edit(this).grace(once).done())
        : refused(Refusal.ALREADY_CONSUMED);
  }

  private ChallengeModel lockOver(long now) {
    boolean over = lockedUntil > 0 && now >= lockedUntil;
    return over ? new Edit(this).failed(0).asked(0).locked(0).done() : this;
  }

  private ChallengeRule rule() {
    return Objects.requireNonNull(rules.challenge());
  }

  private Told refused(Refusal refusal) {
    return new Told("refused " + refusal, this);
  }

  /** Changes part by part. */
  private static final class Edit {
    private ChallengeModel m;

    Edit(ChallengeModel m) {
      this.m = m;
    }

    ChallengeModel done() {
      return m;
    }

    private Edit set(UnaryOperator<ChallengeModel> change) {
      m = change.apply(m);
      return this;
    }

    Edit minted(long now) {
      long end = now + m.rules.ttl().toMillis();
      return set(
          x ->
              new ChallengeModel(
                  x.rules,
                  x.holder,
                  x.seq,
                  x.generation + 1,
                  end,
                  x.suspended,
                  x.cards,
                  x.consumed,
                  x.failed,
                  x.asked,
                  x.lockedUntil));
    }

    Edit newSeq(String holder) {
      return set(
          x ->
              new ChallengeModel(
                  x.rules,
                  holder,
                  x.seq + 1,
                  x.generation,
                  x.expiresAt,
                  x.suspended,
                  Map.of(),
                  x.consumed,
                  0,
                  0,
                  x.lockedUntil));
    }

    Edit suspended(boolean next) {
      return set(
          x ->
              new ChallengeModel(
                  x.rules,
                  x.holder,
                  x.seq,
                  x.generation,
                  x.expiresAt,
                  next,
                  x.cards,
                  x.consumed,
                  x.failed,
                  x.asked,
                  x.lockedUntil));
    }

    Edit cards(Map<String, Card> next) {
      return set(
          x ->
              new ChallengeModel(
                  x.rules,
                  x.holder,
                  x.seq,
                  x.generation,
                  x.expiresAt,
                  x.suspended,
                  next,
                  x.consumed,
                  x.failed,
                  x.asked,
                  x.lockedUntil));
    }

    Edit grace(@Nullable Consumed next) {
      return set(
          x ->
              new ChallengeModel(
                  x.rules,
                  x.holder,
                  x.seq,
                  x.generation,
                  x.expiresAt,
                  x.suspended,
                  x.cards,
                  next,
                  x.failed,
                  x.asked,
                  x.lockedUntil));
    }

    Edit failed(int next) {
      return budgets(next, m.asked, m.lockedUntil);
    }

    Edit asked(int next) {
      return budgets(m.failed, next, m.lockedUntil);
    }

    Edit locked(long next) {
      return budgets(m.failed, m.asked, next);
    }

    private Edit budgets(int failures, int given, long lock) {
      return set(
          x ->
              new ChallengeModel(
                  x.rules,
                  x.holder,
                  x.seq,
                  x.generation,
                  x.expiresAt,
                  x.suspended,
                  x.cards,
                  x.consumed,
                  failures,
                  given,
                  lock));
    }
  }
}
