package dev.tokenlife.testing;

import dev.tokenlife.model.FailureKind;
import dev.tokenlife.model.Secret;
import dev.tokenlife.spi.SourceException;
import dev.tokenlife.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The refresh tokens that an authorization server has seen; each is good for one use. */
final class SpentTokens {
  private final Map<Secret, Long> firstUse = new HashMap<>();
  private final List<Secret> secondUses = new ArrayList<>();
  private final List<Secret> resends = new ArrayList<>();
  private final Duration grace;
  private final TimeSource time;

  SpentTokens(Duration grace, TimeSource time) {
    this.grace = grace;
    this.time = time;
  }

  Duration grace() {
    return grace;
  }

  /** Uses a token; refuses it, and remembers that, if it was used before the grace began. */
  synchronized void spend(Secret token) {
    long now = time.nanos();
    Long first = firstUse.putIfAbsent(token, now);
    if (first == null) {
      return;
    }
    if (now - first < grace.toNanos()) {
      resends.add(token);
      return;
    }
    secondUses.add(token);
    throw new SourceException(FailureKind.PERMANENT, "the refresh token was used before");
  }

  synchronized List<Secret> secondUses() {
    return List.copyOf(secondUses);
  }

  synchronized List<Secret> resends() {
    return List.copyOf(resends);
  }
}
