package dev.tokenlife.transition;

import dev.tokenlife.model.Budgets;
import dev.tokenlife.model.ChainControl;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainKind;
import dev.tokenlife.model.ChainOrigin;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.ChainState;
import dev.tokenlife.model.Position;
import dev.tokenlife.model.Upstream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * T0 for fetched chains: opened by the first read, without a token. Finding it there is success.
 *
 * @param key the chain
 * @param type the upstream's name
 * @param nonce random, base64url
 */
public record OpenFetched(ChainKey key, String type, String nonce) {
  /** Decides on one row. */
  public Decision<FetchAnswer> decide(@Nullable ChainRow row, Evaluation evaluation) {
    if (row != null) {
      return Decision.answer(
          row.origin().kind() == ChainKind.FETCHED
              ? new FetchAnswer.Done(row, true)
              : new FetchAnswer.Absent());
    }
    ChainRow next = empty(evaluation);
    return Decision.write(new FetchAnswer.Done(next, false), next, List.of());
  }

  ChainRow empty(Evaluation evaluation) {
    long now = evaluation.processNow();
    ChainOrigin origin =
        new ChainOrigin(
            ChainKind.FETCHED, type, "fetched", null, now, "", Long.MAX_VALUE, null, nonce);
    return new ChainRow(
        key,
        origin,
        new ChainControl(1, evaluation.op(), null, ChainState.ACTIVE, null, now, now),
        new Position(0, 0, null, null, null, 0),
        null,
        null,
        new Upstream("", null, null, "Bearer", "", null, now, 0, 0),
        null,
        null,
        List.of(),
        Budgets.NONE);
  }
}
