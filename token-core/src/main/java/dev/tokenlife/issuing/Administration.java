package dev.tokenlife.issuing;

import dev.tokenlife.execution.Executed;
import dev.tokenlife.model.AdminResult;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainKind;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.ChainState;
import dev.tokenlife.model.ChainView;
import dev.tokenlife.model.Refusal;
import dev.tokenlife.spi.Page;
import dev.tokenlife.spi.StoredChain;
import dev.tokenlife.spi.TokenEvent;
import dev.tokenlife.transition.Administer;
import dev.tokenlife.transition.Answer;
import dev.tokenlife.transition.Decision;
import dev.tokenlife.transition.Evaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** What administrators do to chains, and how they look at them. */
public final class Administration {
  private static final int PAGE = 500;

  private final Issuer issuer;

  /** Administers chains of this issuer. */
  public Administration(Issuer issuer) {
    this.issuer = issuer;
  }

  /** T9. */
  public AdminResult reassign(
      ChainKey key, String holder, @Nullable String holderKey, @Nullable String requestId) {
    String id = id(requestId);
    IssuedCommand command =
        minted(
            (row, evaluation) -> administer(id, row).reassign(row, holder, holderKey, evaluation));
    return run(key, id, command.onceOnly(), TokenEvent.Type.REASSIGNED);
  }

  /** T10. */
  public AdminResult suspend(ChainKey key, @Nullable String requestId) {
    String id = id(requestId);
    IssuedCommand command =
        minted((row, evaluation) -> administer(id, row).suspend(row, evaluation));
    return run(key, id, command.onceOnly(), TokenEvent.Type.SUSPENDED);
  }

  /** T10. */
  public AdminResult resume(ChainKey key, @Nullable String requestId) {
    String id = id(requestId);
    IssuedCommand command =
        minted((row, evaluation) -> administer(id, row).resume(row, evaluation));
    return run(key, id, command.onceOnly(), TokenEvent.Type.RESUMED);
  }

  /** T11. */
  public AdminResult close(ChainKey key, @Nullable String reason) {
    return end(key, ChainState.CLOSED, reason, TokenEvent.Type.CLOSED);
  }

  /** T11. */
  public AdminResult revoke(ChainKey key, @Nullable String reason) {
    return end(key, ChainState.REVOKED, reason, TokenEvent.Type.REVOKED);
  }

  /** Closes every live chain of a partition, page by page; returns how many this call closed. */
  public int closeAll(String partition, @Nullable String reason) {
    int closed = 0;
    for (ChainView chain : list(partition)) {
      if (!chain.state().isFinal()
          && close(chain.key(), reason) instanceof AdminResult.Done done
          && !done.already()) {
        closed++;
      }
    }
    return closed;
  }

  /** Looks at one chain. */
  public Optional<ChainView> find(ChainKey key) {
    return issuer.executor().store().find(key).filter(Administration::isMinted).map(this::view);
  }

  /** Looks at every issued chain of a partition. */
  public List<ChainView> list(String partition) {
    List<ChainView> views = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      Page<StoredChain> page =
          issuer.executor().store().listing().byPartition(partition, cursor, PAGE);
      for (StoredChain stored : page.items()) {
        if (isMinted(stored)) {
          views.add(view(stored));
        }
      }
      cursor = page.next();
    } while (cursor.isPresent());
    return views;
  }

  /** Fetched chains in the same store are administered by {@code Tokens}, which caches them. */
  private static IssuedCommand minted(
      BiFunction<@Nullable ChainRow, Evaluation, Decision<Answer>> decide) {
    return IssuedCommand.of(
        (row, evaluation) ->
            row == null || row.origin().kind() == ChainKind.MINTED
                ? decide.apply(row, evaluation)
                : Decision.answer(new Answer.Refused(Refusal.NOT_FOUND)));
  }

  private static boolean isMinted(StoredChain stored) {
    return stored.row().origin().kind() == ChainKind.MINTED;
  }

  private ChainView view(StoredChain stored) {
    return ChainView.of(stored.row(), issuer.clock().now());
  }

  private AdminResult end(
      ChainKey key, ChainState state, @Nullable String reason, TokenEvent.Type type) {
    String id = id(null);
    IssuedCommand command =
        minted((row, evaluation) -> administer(id, row).end(row, state, reason, evaluation))
            .untilDone();
    return run(key, id, command, type);
  }

  private AdminResult run(
      ChainKey key, String requestId, IssuedCommand command, TokenEvent.Type type) {
    Executed<Answer> executed =
        issuer.run(
            key, command.recognisedBy(row -> requestId.equals(row.control().adminRequestId())));
    if (executed.answer() instanceof Answer.Done done) {
      boolean already = done.repeat() || !executed.wrote();
      if (!already) {
        issuer.tell(type, key, executed.stored(), "");
      }
      return new AdminResult.Done(already);
    }
    return executed.answer() instanceof Answer.Refused refused
        ? new AdminResult.Refused(refused.refusal())
        : new AdminResult.Refused(Refusal.BUSY);
  }

  private Administer administer(String requestId, @Nullable ChainRow row) {
    return new Administer(requestId, issuer.policyOf(row), issuer.keyId());
  }

  private String id(@Nullable String requestId) {
    return requestId == null ? issuer.executor().randomId() : requestId;
  }
}
