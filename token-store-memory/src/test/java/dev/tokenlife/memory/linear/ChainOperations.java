package dev.tokenlife.memory.linear;

import dev.tokenlife.Chains;
import dev.tokenlife.crypto.ChainTokens;
import dev.tokenlife.crypto.KeyRing;
import dev.tokenlife.model.AdminResult;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.CurrentToken;
import dev.tokenlife.model.HandOverResult;
import dev.tokenlife.model.LiveToken;
import dev.tokenlife.model.OpenRequest;
import dev.tokenlife.model.OpenResult;
import dev.tokenlife.model.PollResult;
import dev.tokenlife.model.Refusal;
import dev.tokenlife.model.Secret;
import dev.tokenlife.spi.StoredChain;
import dev.tokenlife.spi.TokenStore;
import dev.tokenlife.time.VirtualTime;
import dev.tokenlife.transition.Presented;
import java.util.Optional;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

/** One chain behind the front door, for Lincheck to press every button of, on a store. */
@Param(name = "actor", gen = IntGen.class, conf = "1:3")
@Param(name = "token", gen = IntGen.class, conf = "0:3")
public abstract class ChainOperations {
  private static final KeyRing RING =
      KeyRing.of(1, Secret.of("jZVVo5muDxILi0a0eh+SkThBC4Hk8d2NnIj82nir6Z0="));
  private static final ChainTokens TOKENS = new ChainTokens(RING);

  private final TokenStore store;
  private final Chains chains;

  /** Presses the buttons of an issuer on this store. */
  protected ChainOperations(TokenStore store) {
    this.store = store;
    this.chains =
        Chains.builder()
            .store(store)
            .keys(RING)
            .time(new VirtualTime())
            .executor(Runnable::run)
            .type("ENTRY", ChainModel.POLICY)
            .build();
  }

  /** Opens the chain under its name. */
  @Operation(params = "actor")
  public String open(int actor) {
    ChainKey key = ChainModel.KEY;
    OpenResult result =
        chains.open(
            OpenRequest.of(key.partition(), "ENTRY", ChainModel.actor(actor))
                .named("door", "open-" + actor));
    if (result instanceof OpenResult.Opened opened) {
      return "opened repeat=" + opened.repeat();
    }
    return result instanceof OpenResult.Conflict ? "conflict" : Refusal.BUSY.name();
  }

  /** Asks for the live token. */
  @Operation(params = "actor")
  public String poll(int actor) {
    PollResult result = chains.poll(ChainModel.KEY, ChainModel.actor(actor));
    if (result instanceof PollResult.Live live) {
      return shown(live.token(), false);
    }
    if (result instanceof PollResult.Over over) {
      return over.reason().name();
    }
    if (result instanceof PollResult.NotHolder) {
      return Refusal.NOT_HOLDER.name();
    }
    return result instanceof PollResult.Suspended ? Refusal.SUSPENDED.name() : Refusal.BUSY.name();
  }

  /** Presents a token. It is a function of the chain's nonce, which never changes. */
  @Operation(params = {"actor", "token"})
  public String handOver(int actor, int token) {
    Optional<StoredChain> stored = store.find(ChainModel.KEY);
    if (stored.isEmpty()) {
      return Refusal.INVALID.name();
    }
    HandOverResult result =
        chains.handOver(
            ChainModel.KEY.partition(),
            mint(stored.get().row(), ChainModel.token(token)),
            ChainModel.actor(actor));
    if (result instanceof HandOverResult.Accepted accepted) {
      return shown(accepted.token(), accepted.repeat());
    }
    return ((HandOverResult.Refused) result).refusal().name();
  }

  /** Gives the chain to somebody. */
  @Operation(params = "actor")
  public String reassign(int actor) {
    return text(chains.reassign(ChainModel.KEY, ChainModel.actor(actor)));
  }

  /** Stops the chain. */
  @Operation
  public String suspend() {
    return text(chains.suspend(ChainModel.KEY));
  }

  /** Lets the chain go on. */
  @Operation
  public String resume() {
    return text(chains.resume(ChainModel.KEY));
  }

  /** Ends the chain. */
  @Operation
  public String close() {
    return text(chains.close(ChainModel.KEY, null));
  }

  private static String mint(ChainRow row, Presented token) {
    return TOKENS.mint(
        row.key(),
        row.origin(),
        new CurrentToken(
            token.generation(), token.seq(), ChainModel.NOW, ChainModel.NOW + 10_000, 1));
  }

  private static String shown(LiveToken token, boolean repeat) {
    return ChainModel.shown(token.generation(), token.seq(), repeat);
  }

  static String text(AdminResult result) {
    return result instanceof AdminResult.Done done
        ? "done already=" + done.already()
        : ((AdminResult.Refused) result).refusal().name();
  }
}
