package dev.tokenlife.refresh;

import dev.tokenlife.spi.RefreshPolicy;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A policy whose failures cost no token: where it throws or answers nothing, the default policy
 * answers instead.
 */
record SafePolicy(RefreshPolicy policy) implements RefreshPolicy {
  private static final Logger log = LoggerFactory.getLogger(SafePolicy.class);

  @Override
  public Window window(Lifetime lifetime) {
    return ask(asked -> asked.window(lifetime));
  }

  @Override
  public long serveUntil(Lifetime lifetime) {
    return ask(asked -> asked.serveUntil(lifetime));
  }

  private <T> T ask(Function<RefreshPolicy, T> question) {
    try {
      T answer = question.apply(policy);
      if (answer != null) {
        return answer;
      }
      log.error("The refresh policy {} answered null; the default policy is used", policy);
    } catch (RuntimeException broken) {
      log.error("The refresh policy {} failed; the default policy is used", policy, broken);
    }
    return question.apply(RefreshPolicy.adaptive());
  }
}
