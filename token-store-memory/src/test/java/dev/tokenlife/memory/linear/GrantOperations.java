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

/** One fetched chain behind the front door, on a store, and the buttons Lincheck may press. */
abstract class GrantOperations {
  static final Duration LIFETIME = Duration.ofHours(1);

  private final Tokens tokens;

  /** Presses the buttons of an instance on this store. */
  GrantOperations(TokenStore store) {
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
  final String read() {
    try {
      return GrantModel.shown(tokens.get(GrantModel.KEY).generation());
    } catch (TokenUnavailableException refused) {
      return refused.reason().name();
    }
  }

  /** Somebody signs in. */
  final String signIn(int grant) {
    FetchedToken signedIn = FetchedToken.of("granted", LIFETIME);
    return "new=" + tokens.adopt(GrantModel.KEY, "grant-" + grant, signedIn);
  }

  /** A server rejects a token. */
  final String reject(int generation) {
    AccessToken rejected =
        new AccessToken(Secret.of("rejected"), "Bearer", "", generation, Long.MAX_VALUE);
    return "dropped=" + tokens.invalidate(GrantModel.KEY, rejected);
  }

  /** Ends the chain. */
  final String end() {
    return ChainOperations.text(tokens.close(GrantModel.KEY, null));
  }
}
