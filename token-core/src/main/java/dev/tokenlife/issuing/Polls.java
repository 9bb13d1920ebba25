package dev.tokenlife.issuing;

import dev.tokenlife.execution.Executed;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainPolicy;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.LiveToken;
import dev.tokenlife.model.PollResult;
import dev.tokenlife.model.Presenter;
import dev.tokenlife.model.Refusal;
import dev.tokenlife.spi.ChainListing;
import dev.tokenlife.spi.Page;
import dev.tokenlife.spi.StoredChain;
import dev.tokenlife.spi.TokenEvent;
import dev.tokenlife.transition.Answer;
import dev.tokenlife.transition.Decision;
import dev.tokenlife.transition.Poll;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Shows holders their live tokens, and mints the next one when it is due. */
public final class Polls {
  private static final int PAGE = 200;

  private final Issuer issuer;
  private final LiveTokens live;

  /** Shows tokens of this issuer. */
  public Polls(Issuer issuer) {
    this.issuer = issuer;
    this.live = new LiveTokens(issuer);
  }

  /** Polls one chain: one point read, and one write if the token is due. */
  public PollResult poll(ChainKey key, Presenter holder) {
    return result(run(key, holder, issuer.executor().store().find(key).orElse(null)));
  }

  /** Polls every chain of a partition that somebody holds. */
  public List<LiveToken> pollHolder(String partition, Presenter holder) {
    ChainListing listing = issuer.executor().store().listing();
    List<LiveToken> tokens = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      Page<StoredChain> page = listing.byHolder(partition, holder.name(), cursor, PAGE);
      for (StoredChain stored : page.items()) {
        if (result(run(stored.row().key(), holder, stored)) instanceof PollResult.Live found) {
          tokens.add(found.token());
        }
      }
      cursor = page.next();
    } while (cursor.isPresent());
    return tokens;
  }

  /** Polls from a row that may be old: a write from it succeeds only if it is the newest. */
  Executed<Answer> run(ChainKey key, Presenter holder, @Nullable StoredChain known) {
    IssuedCommand command =
        IssuedCommand.of(
            (row, evaluation) -> {
              ChainPolicy policy = issuer.policyOf(row);
              if (row == null || policy == null) {
                return Decision.answer(new Answer.Refused(Refusal.NOT_FOUND));
              }
              return new Poll(holder.name(), holder.keyThumbprint(), policy, issuer.keyId())
                  .decide(row, evaluation);
            });
    Executed<Answer> executed = issuer.run(key, command, known);
    if (executed.wrote() && executed.answer() instanceof Answer.Done) {
      issuer.tell(TokenEvent.Type.MINTED, key, executed.stored(), "rotated");
    }
    return executed;
  }

  PollResult result(Executed<Answer> executed) {
    if (executed.answer() instanceof Answer.Done done) {
      ChainRow row = done.row();
      return new PollResult.Live(live.of(row, issuer.policy(row.origin().type())));
    }
    return executed.answer() instanceof Answer.Refused refused
        ? refusal(refused.refusal())
        : new PollResult.Busy();
  }

  static PollResult refusal(Refusal refusal) {
    return switch (refusal) {
      case NOT_HOLDER, NOT_ELIGIBLE -> new PollResult.NotHolder();
      case SUSPENDED -> new PollResult.Suspended();
      case BUSY -> new PollResult.Busy();
      default -> new PollResult.Over(refusal);
    };
  }
}
