package dev.tokenlife.transition;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainPolicy;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.spi.Companion;
import dev.tokenlife.spi.CompanionChange;
import dev.tokenlife.spi.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The rows beside a chain that change with its holder. */
final class Companions {
  private final ChainPolicy policy;
  private final Set<Companion> existing;
  private final List<CompanionChange> changes = new ArrayList<>();

  private Companions(ChainPolicy policy, Evaluation evaluation) {
    this.policy = policy;
    this.existing = evaluation.existing();
  }

  /** What opening writes. */
  static List<CompanionChange> opening(
      ChainKey key, String holder, ChainPolicy policy, Evaluation evaluation) {
    Companions companions = new Companions(policy, evaluation);
    companions.insert(Companion.holderIndex(holder, key));
    companions.rememberHolder(holder);
    return companions.changes;
  }

  /** What a new holder writes: index, effect and, if the rule asks for it, the held-before mark. */
  static List<CompanionChange> newHolder(
      ChainRow row, ChainRow next, ChainPolicy policy, Evaluation evaluation, boolean reassigned) {
    Companions companions = new Companions(policy, evaluation);
    String from = row.position().holder();
    String to = Objects.requireNonNull(next.position().holder());
    if (!to.equals(from)) {
      if (from != null) {
        companions.changes.add(CompanionChange.delete(Companion.holderIndex(from, row.key())));
      }
      companions.insert(Companion.holderIndex(to, row.key()));
      companions.rememberHolder(to);
    }
    if (policy.effects()) {
      companions.insert(
          new Companion.EffectRow(
              new Effect(
                  row.key(),
                  next.seq(),
                  row.origin().type(),
                  from,
                  to,
                  next.position().lastRotation(),
                  reassigned)));
    }
    return companions.changes;
  }

  /** What a chain that ends takes away. */
  static List<CompanionChange> ending(ChainRow row) {
    String holder = row.position().holder();
    return holder == null
        ? List.of()
        : List.of(CompanionChange.delete(Companion.holderIndex(holder, row.key())));
  }

  private void rememberHolder(String holder) {
    if (policy.onceEach()) {
      insert(new Companion.HeldBefore(holder));
    }
  }

  private void insert(Companion companion) {
    if (existing.stream().noneMatch(companion::sameRow)) {
      changes.add(CompanionChange.insert(companion));
    }
  }
}
