package dev.tokenlife.examples.fleet.providers;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The grants of one provider. Each use of a refresh token replaces it; a second use of a spent one
 * is counted, since it would mean that a successor was lost. Safe for use by many threads.
 */
final class Grants {
  private final Map<String, Grant> byRefreshToken = new ConcurrentHashMap<>();
  private final Map<String, Grant> byUser = new ConcurrentHashMap<>();
  private final LongAdder secondUses = new LongAdder();

  /** A person signs in; whatever they had before is over. Returns the first refresh token. */
  String signIn(String user) {
    Grant grant = new Grant();
    String first = grant.next();
    byRefreshToken.put(first, grant);
    Grant before = byUser.put(user, grant);
    if (before != null) {
      before.revoke();
    }
    return first;
  }

  /** Takes a refresh token and returns its successor; null if the grant is not good any more. */
  @Nullable String rotate(@Nullable String refreshToken) {
    Grant grant = refreshToken == null ? null : byRefreshToken.get(refreshToken);
    if (grant == null || refreshToken == null) {
      return null;
    }
    Grant.Answer answer = grant.use(refreshToken);
    if (answer.spent()) {
      secondUses.increment();
    }
    if (answer.successor() != null) {
      byRefreshToken.put(answer.successor(), grant);
    }
    return answer.successor();
  }

  @Nullable Grant of(String user) {
    return byUser.get(user);
  }

  long secondUses() {
    return secondUses.sum();
  }

  /** One sign-in and what came of it. */
  static final class Grant {
    private String current = "";
    private boolean revoked;
    private int refusals;

    /**
     * What a use came to.
     *
     * @param successor the next refresh token; null for a refusal
     * @param spent whether the token had been used before
     */
    record Answer(@Nullable String successor, boolean spent) {}

    synchronized String next() {
      current = "rt-" + UUID.randomUUID();
      return current;
    }

    synchronized Answer use(String presented) {
      boolean spent = !presented.equals(current);
      if (revoked || spent) {
        refusals++;
        return new Answer(null, spent && !revoked);
      }
      return new Answer(next(), false);
    }

    synchronized void revoke() {
      revoked = true;
    }

    synchronized int refusals() {
      return refusals;
    }
  }
}
