package dev.tokenlife.execution;

import dev.tokenlife.model.ChainRow;
import dev.tokenlife.spi.Companion;
import dev.tokenlife.spi.StoredChain;
import dev.tokenlife.time.ProcessClock;
import dev.tokenlife.transition.Decision;
import dev.tokenlife.transition.Evaluation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The memory of one command's attempts: which writes may have happened, and what may still be said.
 * Recognition comes before every new decision: what was done is never done again, and what may have
 * been done is never refused.
 */
final class Attempts<A> {
  private static final long MAX_SKEW_MILLIS = 5_000;

  private final Command<A> command;
  private final ProcessClock clock;
  private final Supplier<String> ids;
  private final Map<String, A> attempted = new HashMap<>();
  private final Set<Companion> existing = new HashSet<>();
  private @Nullable StoredChain base;
  private boolean again;
  private boolean unknown;
  private long revisionAttempted;
  private int conflicts;
  private boolean skewed;

  Attempts(
      Command<A> command, ProcessClock clock, Supplier<String> ids, @Nullable StoredChain base) {
    this.command = command;
    this.clock = clock;
    this.ids = ids;
    this.base = base;
  }

  @Nullable StoredChain base() {
    return base;
  }

  /** Returns whether the answer of some attempt was lost. */
  boolean mayHaveWritten() {
    return unknown;
  }

  int conflicts() {
    return conflicts;
  }

  /** Returns the end of the command if the row read last already holds it; null to decide. */
  @Nullable Executed<A> settled() {
    if (!again) {
      return null;
    }
    ChainRow row = row();
    A committed = row == null ? null : attempted.get(row.control().op());
    if (committed != null) {
      return new Executed<>(committed, base, true, skewed);
    }
    A recognised = row == null ? null : command.recognise(row);
    if (recognised != null) {
      // Without a lost answer it was the same request, made by somebody else.
      return new Executed<>(recognised, base, unknown, skewed);
    }
    boolean overtaken = row != null && row.control().revision() > revisionAttempted;
    if (unknown && !command.persistent() && (overtaken || !command.repeatableAfterUnknown())) {
      return gaveUp();
    }
    return null;
  }

  Decision<A> decide() {
    ChainRow row = row();
    long now = clock.now();
    skewed |= row != null && row.control().lastAt() - now > MAX_SKEW_MILLIS;
    String op = ids.get();
    Decision<A> decision =
        command.decide(row, new Evaluation(op, now, !again, Set.copyOf(existing)));
    if (decision.next() != null) {
      attempted.put(op, decision.answer());
    }
    return decision;
  }

  Executed<A> answered(Decision<A> decision) {
    if (unknown && command.refuses(decision.answer())) {
      return gaveUp();
    }
    return new Executed<>(decision.answer(), base, false, skewed);
  }

  Executed<A> wrote(Decision<A> decision, StoredChain written) {
    return new Executed<>(decision.answer(), written, true, skewed);
  }

  Executed<A> gaveUp() {
    return new Executed<>(command.busy(), base, false, skewed);
  }

  void lost(@Nullable StoredChain current) {
    again = true;
    conflicts++;
    base = current;
  }

  void companionExists(Companion companion, @Nullable StoredChain current) {
    existing.add(companion);
    lost(current);
  }

  void unknown(ChainRow attempted, @Nullable StoredChain current) {
    unknown = true;
    revisionAttempted = attempted.control().revision();
    lost(current);
  }

  boolean exhausted() {
    return conflicts > ChainExecutor.MAX_CONFLICTS && !command.persistent();
  }

  private @Nullable ChainRow row() {
    return base == null ? null : base.row();
  }
}
