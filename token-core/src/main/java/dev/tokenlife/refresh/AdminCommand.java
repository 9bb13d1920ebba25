package dev.tokenlife.refresh;

import dev.tokenlife.execution.Command;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.Refusal;
import dev.tokenlife.transition.Answer;
import dev.tokenlife.transition.Decision;
import dev.tokenlife.transition.Evaluation;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** An administrator's command on a fetched chain, recognised by its request id. */
record AdminCommand(
    BiFunction<@Nullable ChainRow, Evaluation, Decision<Answer>> decide, String requestId)
    implements Command<Answer> {
  @Override
  public Decision<Answer> decide(@Nullable ChainRow row, Evaluation evaluation) {
    return decide.apply(row, evaluation);
  }

  @Override
  public @Nullable Answer recognise(ChainRow row) {
    return requestId.equals(row.control().adminRequestId()) ? new Answer.Done(row, false) : null;
  }

  @Override
  public Answer busy() {
    return new Answer.Refused(Refusal.BUSY);
  }

  @Override
  public boolean refuses(Answer answer) {
    return answer instanceof Answer.Refused;
  }

  @Override
  public boolean persistent() {
    return true;
  }
}
