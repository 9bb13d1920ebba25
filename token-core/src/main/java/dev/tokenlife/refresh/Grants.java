package dev.tokenlife.refresh;

import dev.tokenlife.crypto.UpstreamSeals;
import dev.tokenlife.execution.Executed;
import dev.tokenlife.model.AccessToken;
import dev.tokenlife.model.AdminResult;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.ChainState;
import dev.tokenlife.model.Refusal;
import dev.tokenlife.model.Secret;
import dev.tokenlife.model.TokenUnavailableException.Reason;
import dev.tokenlife.plan.Plan;
import dev.tokenlife.plan.Usage;
import dev.tokenlife.spi.FetchedToken;
import dev.tokenlife.spi.RefreshPolicy.Lifetime;
import dev.tokenlife.spi.StoredChain;
import dev.tokenlife.spi.TokenEvent;
import dev.tokenlife.spi.Trigger;
import dev.tokenlife.transition.Administer;
import dev.tokenlife.transition.Adopt;
import dev.tokenlife.transition.Answer;
import dev.tokenlife.transition.ClearFailure;
import dev.tokenlife.transition.Decision;
import dev.tokenlife.transition.Evaluation;
import dev.tokenlife.transition.FetchAnswer;
import dev.tokenlife.transition.Invalidate;
import dev.tokenlife.transition.NewTokens;
import dev.tokenlife.transition.OpenFetched;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** What is done to a fetched chain from outside the refresh path; on the caller's thread. */
public final class Grants {
  private final Refresher core;

  /** Acts on the chains of this refresh path. */
  public Grants(Refresher core) {
    this.core = core;
  }

  /** T14: a person signed in; what the sign-in brought replaces what the chain had. */
  public boolean adopt(ChainKey key, String grantId, FetchedToken token) {
    if (grantId.isEmpty()) {
      throw new IllegalArgumentException(
          "a grant of key=" + key + " needs an id that no other sign-in has, e.g. a random one");
    }
    Entry entry = entry(key);
    long now = core.clock().now();
    OpenFetched open =
        new OpenFetched(key, core.sources().of(key).upstream(), core.rows().executor().randomId());
    Adopt adopt = new Adopt(open, grantId, sealed(key, token, now));
    FetchCommand command =
        new FetchCommand(
            adopt::decide,
            row -> row.upstream() != null && row.upstream().grantId().equals(grantId),
            false,
            false);
    Executed<FetchAnswer> executed = core.rows().executor().execute(key, command);
    if (!(executed.answer() instanceof FetchAnswer.Done done)) {
      throw notAdopted(entry, executed.answer());
    }
    entry.watched = true;
    entry.trouble = null;
    shown(entry, executed.stored());
    // Whoever finds the grant there, also after a lost race, was not the one who brought it.
    boolean brought = executed.wrote() && !done.already();
    if (brought) {
      tell(TokenEvent.Type.ADOPTED, key, done.row());
    }
    return brought;
  }

  private RuntimeException notAdopted(Entry entry, FetchAnswer answer) {
    if (answer instanceof FetchAnswer.Absent) {
      return new IllegalArgumentException(
          "key=" + entry.key() + " names an issued chain: use Chains, or another partition");
    }
    String message = "the grant could not be adopted; try again";
    return core.error(entry, new Trouble(Reason.STORE_UNAVAILABLE, null, message, 0, 0), null);
  }

  /** T15: drops the access token if it is still the rejected one. */
  public boolean invalidate(ChainKey key, AccessToken rejected) {
    Entry entry = entry(key);
    Invalidate invalidate = new Invalidate(rejected.generation());
    Executed<FetchAnswer> executed =
        core.rows().executor().execute(key, FetchCommand.of(invalidate::decide));
    shown(entry, executed.stored());
    boolean dropped = executed.wrote() && executed.answer() instanceof FetchAnswer.Done;
    if (dropped && executed.stored() != null) {
      tell(TokenEvent.Type.INVALIDATED, key, executed.stored().row());
    }
    return dropped;
  }

  /** Takes a chain off the dead letter list, so that the next attempt is made at once. */
  public boolean clearFailure(ChainKey key, long generation) {
    Entry entry = entry(key);
    ClearFailure clear = new ClearFailure(generation);
    Executed<FetchAnswer> executed =
        core.rows().executor().execute(key, FetchCommand.of(clear::decide));
    entry.trouble = null;
    shown(entry, executed.stored());
    return executed.wrote();
  }

  /** T10. */
  public AdminResult suspend(ChainKey key) {
    Administer by = administer();
    return run(key, by::suspend, by, TokenEvent.Type.SUSPENDED);
  }

  /** T10. */
  public AdminResult resume(ChainKey key) {
    Administer by = administer();
    return run(key, by::resume, by, TokenEvent.Type.RESUMED);
  }

  /** T11. */
  public AdminResult end(ChainKey key, ChainState state, @Nullable String reason) {
    Administer by = administer();
    return run(
        key,
        (row, evaluation) -> by.end(row, state, reason, evaluation),
        by,
        state == ChainState.REVOKED ? TokenEvent.Type.REVOKED : TokenEvent.Type.CLOSED);
  }

  private AdminResult run(
      ChainKey key,
      BiFunction<@Nullable ChainRow, Evaluation, Decision<Answer>> decide,
      Administer by,
      TokenEvent.Type type) {
    Entry entry = entry(key);
    Executed<Answer> executed =
        core.rows().executor().execute(key, new AdminCommand(decide, by.requestId()));
    shown(entry, executed.stored());
    if (executed.answer() instanceof Answer.Done done) {
      if (!done.repeat()) {
        tell(type, key, done.row());
      }
      return new AdminResult.Done(done.repeat());
    }
    return executed.answer() instanceof Answer.Refused refused
        ? new AdminResult.Refused(refused.refusal())
        : new AdminResult.Refused(Refusal.BUSY);
  }

  private Administer administer() {
    return new Administer(core.rows().executor().randomId(), null, 0);
  }

  private NewTokens sealed(ChainKey key, FetchedToken token, long now) {
    Lifetime lifetime = new Lifetime(now, token.expiresAt(now));
    Usage usage = core.uses().of(core.entries().obtain(key), now);
    Plan plan = core.policies().plan(lifetime, now, token.refreshIn(), usage);
    Secret refresh = token.refreshToken();
    boolean usable = lifetime.expiresAt() > now;
    return new NewTokens(
        usable ? core.rows().seal(token.accessToken(), key, UpstreamSeals.ACCESS) : null,
        refresh == null ? null : core.rows().seal(refresh, key, UpstreamSeals.REFRESH),
        token.type(),
        token.scopes(),
        token.attributes().isEmpty()
            ? null
            : core.rows().seal(Attributes.write(token.attributes()), key, UpstreamSeals.ATTRIBUTES),
        now,
        lifetime.expiresAt(),
        usable ? plan.refreshAt() : now);
  }

  /**
   * What was written is shown before the call returns; a chain that stopped is shown as stopped.
   */
  private void shown(Entry entry, @Nullable StoredChain stored) {
    if (stored == null) {
      return;
    }
    core.plans().made(entry, core.publish(entry, stored, core.clock().now()));
  }

  /** Obtained before the row is written: what is evicted meanwhile shows readers nothing. */
  private Entry entry(ChainKey key) {
    core.requireOpen(key);
    return core.entries().obtain(key);
  }

  private void tell(TokenEvent.Type type, ChainKey key, ChainRow row) {
    long expiresAt = row.current() == null ? 0 : row.current().expiresAt();
    core.tell(new TokenEvent(type, key, Trigger.CALLER, row.generation(), expiresAt, null, ""));
  }
}
