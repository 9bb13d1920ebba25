package dev.tokenlife.memory.linear;

import dev.tokenlife.PullEngine;
import dev.tokenlife.Tokens;
import dev.tokenlife.model.AccessToken;
import dev.tokenlife.model.Secret;
import dev.tokenlife.model.TokenUnavailableException;
import dev.tokenlife.spi.FetchedToken;
import dev.tokenlife.spi.TokenSource;
import dev.tokenlife.spi.TokenStore;
import dev.tokenlife.time.VirtualTime;
import java.time.Duration;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

/** One fetched chain behind the front door, for Lincheck to press every button of, on a store. */
@Param(name = "grant", gen = IntGen.class, conf = "1:3")
@Param(name = "generation", gen = IntGen.class, conf = "1:3")
public abstract class GrantOperations {
  static final Duration LIFETIME = Duration.ofHours(1);

  private final Tokens tokens;

  /** Presses the buttons of an instance on this store. */
  protected GrantOperations(TokenStore store) {
    this.tokens =
        Tokens.builder()
            .source(TokenSource.of(request -> FetchedToken.of("fetched", LIFETIME)))
            .engine(PullEngine.create())
            .store(store)
            .time(new VirtualTime())
            .executor(Runnable::run)
            .build();
    tokens.watch(GrantModel.KEY);
  }

  /** Asks for a token. */
  @Operation
  public String get() {
    try {
      return GrantModel.shown(tokens.get(GrantModel.KEY).generation());
    } catch (TokenUnavailableException refused) {
      return refused.reason().name();
    }
  }

  /** Somebody signs in. */
  @Operation(params = "grant")
  public String adopt(int grant) {
    FetchedToken signedIn = FetchedToken.of("granted", LIFETIME);
    return "new=" + tokens.adopt(GrantModel.KEY, "grant-" + grant, signedIn);
  }

  /** A server rejects a token. */
  @Operation(params = "generation")
  public String invalidate(int generation) {
    AccessToken rejected =
        new AccessToken(Secret.of("rejected"), "Bearer", "", generation, Long.MAX_VALUE);
    return "dropped=" + tokens.invalidate(GrantModel.KEY, rejected);
  }

  /** Ends the chain. */
  @Operation
  public String close() {
    return ChainOperations.text(tokens.close(GrantModel.KEY, null));
  }
}
