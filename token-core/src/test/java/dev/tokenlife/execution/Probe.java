package dev.tokenlife.execution;

import dev.tokenlife.model.ChainControl;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.spi.CompanionChange;
import dev.tokenlife.transition.Decision;
import dev.tokenlife.transition.Evaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A command that writes one revision and leaves a mark, and remembers what it was asked. */
final class Probe implements Command<String> {
  static final String MARK = "mark-of-the-probe";

  final List<Evaluation> evaluations = new ArrayList<>();
  private Predicate<ChainRow> refuses = row -> false;
  private List<CompanionChange> companions = List.of();
  private boolean marks;
  private boolean persistent;
  private boolean repeatable = true;

  Probe refusing(Predicate<ChainRow> when) {
    refuses = when;
    return this;
  }

  Probe with(CompanionChange companion) {
    companions = List.of(companion);
    return this;
  }

  /** Can be recognised although somebody wrote after it. */
  Probe marking() {
    marks = true;
    return this;
  }

  Probe stubborn() {
    persistent = true;
    return this;
  }

  Probe onceOnly() {
    repeatable = false;
    return this;
  }

  @Override
  public Decision<String> decide(@Nullable ChainRow row, Evaluation evaluation) {
    evaluations.add(evaluation);
    if (row == null || refuses.test(row)) {
      return Decision.answer("refused");
    }
    List<CompanionChange> free =
        companions.stream()
            .filter(change -> evaluation.existing().stream().noneMatch(change.companion()::sameRow))
            .toList();
    return Decision.write("done", marked(row, evaluation), free);
  }

  @Override
  public @Nullable String recognise(ChainRow row) {
    return marks && MARK.equals(row.control().adminRequestId()) ? "recognised" : null;
  }

  @Override
  public String busy() {
    return "busy";
  }

  @Override
  public boolean refuses(String answer) {
    return answer.equals("refused");
  }

  @Override
  public boolean persistent() {
    return persistent;
  }

  @Override
  public boolean repeatableAfterUnknown() {
    return repeatable;
  }

  private ChainRow marked(ChainRow row, Evaluation evaluation) {
    ChainControl old = row.control();
    return row.draft()
        .control(
            new ChainControl(
                old.revision() + 1,
                evaluation.op(),
                marks ? MARK : old.adminRequestId(),
                old.state(),
                old.closeReason(),
                old.lastAt(),
                old.lastUse()))
        .row();
  }
}
