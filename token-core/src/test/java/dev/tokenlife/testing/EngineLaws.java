package dev.tokenlife.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tokenlife.model.AccessToken;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.KeyStatus.Freshness;
import dev.tokenlife.model.TokenUnavailableException;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What the laws of an engine have in common: where they play and the words they are written in. */
public interface EngineLaws {
  /** Returns the stage of this law. */
  EngineStage stage();

  /** Checks that a process has a usable token of a chain, without asking for one. */
  default void assertServed(Node node, ChainKey key) {
    assertThat(node.tokens().status(key).freshness())
        .as("what a reader of %s gets", key)
        .isIn(Freshness.FRESH, Freshness.DUE);
  }

  /** Returns the refusal that a call must meet. */
  default TokenUnavailableException refused(ThrowingCallable call) {
    TokenUnavailableException refused = catchThrowableOfType(TokenUnavailableException.class, call);
    assertThat(refused).as("the call is refused").isNotNull();
    return refused;
  }

  /** Returns the refusal that an answer must be by now. */
  default TokenUnavailableException refusal(CompletableFuture<AccessToken> answer) {
    assertThat(answer).as("answered by now").isDone();
    Object failure = answer.handle((token, thrown) -> thrown).join();
    assertThat(failure).isInstanceOf(TokenUnavailableException.class);
    return (TokenUnavailableException) failure;
  }

  /** Returns the token that an answer must be by now. */
  default AccessToken answered(CompletableFuture<AccessToken> answer) {
    assertThat(answer).as("answered by now").isCompleted();
    return answer.join();
  }
}
