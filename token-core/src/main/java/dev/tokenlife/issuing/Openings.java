package dev.tokenlife.issuing;

import dev.tokenlife.crypto.ChainIds;
import dev.tokenlife.execution.Executed;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainKind;
import dev.tokenlife.model.ChainOrigin;
import dev.tokenlife.model.ChainPolicy;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.ChainState;
import dev.tokenlife.model.CurrentToken;
import dev.tokenlife.model.LiveToken;
import dev.tokenlife.model.OpenRequest;
import dev.tokenlife.model.OpenResult;
import dev.tokenlife.spi.StoreException;
import dev.tokenlife.spi.TokenEvent;
import dev.tokenlife.spi.TokenStore;
import dev.tokenlife.spi.WriteResult;
import dev.tokenlife.transition.Answer;
import dev.tokenlife.transition.Decision;
import dev.tokenlife.transition.Evaluation;
import dev.tokenlife.transition.Open;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Opens issued chains, one by one or many in few store operations. */
public final class Openings {
  private final Issuer issuer;
  private final LiveTokens live;
  private final SecureRandom random = new SecureRandom();

  /** Opens chains of this issuer. */
  public Openings(Issuer issuer) {
    this.issuer = issuer;
    this.live = new LiveTokens(issuer);
  }

  /** Opens one chain. */
  public OpenResult open(OpenRequest request) {
    return open(prepare(request));
  }

  /**
   * Opens many; those that a batch could not settle are opened one by one.
   *
   * @throws StoreException of kind UNKNOWN if the store failed on the way: any of them may be open
   */
  public List<OpenResult> openAll(List<OpenRequest> requests) {
    List<Open> opens = requests.stream().map(this::prepare).toList();
    try {
      return settle(opens, opens.stream().map(this::insertion).toList());
    } catch (StoreException failure) {
      if (failure.kind() == StoreException.Kind.UNKNOWN) {
        throw failure;
      }
      throw new StoreException(
          StoreException.Kind.UNKNOWN,
          "any of these "
              + opens.size()
              + " chains may be open; named ones can be asked for again: "
              + failure.getMessage(),
          failure);
    }
  }

  private List<OpenResult> settle(List<Open> opens, List<TokenStore.Insertion> insertions) {
    List<WriteResult> written = insertAll(insertions);
    List<OpenResult> results = new ArrayList<>(opens.size());
    for (int i = 0; i < opens.size(); i++) {
      boolean done = i < written.size() && written.get(i) instanceof WriteResult.Written;
      results.add(done ? opened(opens.get(i), insertions.get(i).row()) : open(opens.get(i)));
    }
    return results;
  }

  private TokenStore.Insertion insertion(Open open) {
    Evaluation first = Evaluation.first(issuer.executor().randomId(), issuer.clock().now());
    Decision<Answer> decision = open.decide(null, first);
    return new TokenStore.Insertion(
        Objects.requireNonNull(decision.next(), "an absent chain is opened"),
        decision.companions());
  }

  /** A batch whose answer was lost is settled chain by chain: each recognises its own row. */
  private List<WriteResult> insertAll(List<TokenStore.Insertion> insertions) {
    try {
      return issuer.executor().store().insertAll(insertions);
    } catch (StoreException failure) {
      if (failure.kind() == StoreException.Kind.UNKNOWN) {
        return List.of();
      }
      throw failure;
    }
  }

  private OpenResult open(Open open) {
    String requestId = open.origin().openRequestId();
    IssuedCommand command =
        IssuedCommand.of(open::decide)
            .recognisedBy(row -> row.origin().openRequestId().equals(requestId));
    Executed<Answer> executed = issuer.run(open.key(), command, null);
    if (!(executed.answer() instanceof Answer.Done done)) {
      return new OpenResult.Busy(open.key());
    }
    return done.row().origin().openRequestId().equals(requestId)
        ? opened(open, done.row())
        : new OpenResult.Conflict(open.key());
  }

  /** Every call draws its own nonce, so the row tells whether it was this call that opened it. */
  private OpenResult opened(Open open, ChainRow row) {
    boolean own = row.origin().nonce().equals(open.origin().nonce());
    if (own) {
      issuer.tell(TokenEvent.Type.OPENED, row, open.origin().type());
    }
    return new OpenResult.Opened(open.key(), !own, token(row, open));
  }

  /** Only the first token is the opener's; what came after it is its holder's. */
  private Optional<LiveToken> token(ChainRow row, Open open) {
    CurrentToken current = row.current();
    long now = Math.max(issuer.clock().now(), row.control().lastAt());
    boolean first =
        row.state() == ChainState.ACTIVE
            && current != null
            && current.generation() == 1
            && now < current.expiresAt()
            && !row.isExpired(now);
    return first ? Optional.of(live.of(row, open.policy())) : Optional.empty();
  }

  private Open prepare(OpenRequest request) {
    ChainPolicy policy = issuer.policy(request.type());
    long now = issuer.clock().now();
    String id =
        request.name() == null ? ChainIds.random(random) : ChainIds.fromName(request.name());
    String requestId =
        request.requestId() == null ? issuer.executor().randomId() : request.requestId();
    ChainOrigin origin =
        new ChainOrigin(
            ChainKind.MINTED,
            request.type(),
            policy.id(),
            request.name(),
            now,
            requestId,
            end(request, policy, now),
            policy.idleTimeout(),
            issuer.executor().randomId());
    return new Open(
        ChainKey.of(request.partition(), id),
        origin,
        request.holder(),
        request.holderKey(),
        policy,
        issuer.keyId());
  }

  private static long end(OpenRequest request, ChainPolicy policy, long now) {
    Duration life = policy.absoluteLife();
    long byPolicy = life == null ? Long.MAX_VALUE : now + life.toMillis();
    long byRequest =
        request.notAfter() == null ? Long.MAX_VALUE : request.notAfter().toEpochMilli();
    if (byRequest <= now) {
      throw new IllegalArgumentException(
          "a chain must end in the future, not at " + request.notAfter());
    }
    return Math.min(byPolicy, byRequest);
  }
}
