package dev.tokenlife.transition;

import dev.tokenlife.model.Budgets;
import dev.tokenlife.model.ChainControl;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainOrigin;
import dev.tokenlife.model.ChainPolicy;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.ChainState;
import dev.tokenlife.model.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * T0 for issued chains: adds the row and mints its first token in the same insert.
 *
 * @param key the chain
 * @param origin what it is opened with
 * @param holder its first holder
 * @param holderKey the thumbprint of the holder's key, or null
 * @param policy its rules
 * @param keyId the key to mint with
 */
public record Open(
    ChainKey key,
    ChainOrigin origin,
    String holder,
    @Nullable String holderKey,
    ChainPolicy policy,
    int keyId) {
  /**
   * Decides: the same request finds its own chain; any other finds it taken, which is told by a
   * {@code Done} whose row has another open request id.
   */
  public Decision<Answer> decide(@Nullable ChainRow row, Evaluation evaluation) {
    if (row != null) {
      return Decision.answer(new Answer.Done(row, true));
    }
    Moment moment = new Moment(evaluation.processNow(), false);
    ChainControl control =
        new ChainControl(
            1, evaluation.op(), null, ChainState.ACTIVE, null, moment.now(), moment.now());
    Position position = new Position(0, 0, holder, null, holderKey, 0);
    ChainRow empty =
        new ChainRow(
            key, origin, control, position, null, null, null, null, null, List.of(), Budgets.NONE);
    ChainRow next = Next.mint(empty.draft(), position, policy, moment, keyId).row();
    return Decision.write(
        new Answer.Done(next, false), next, Companions.opening(key, holder, policy, evaluation));
  }
}
