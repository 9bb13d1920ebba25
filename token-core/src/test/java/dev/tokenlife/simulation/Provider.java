package dev.tokenlife.simulation;

import dev.tokenlife.model.FailureKind;
import dev.tokenlife.model.Secret;
import dev.tokenlife.spi.FetchRequest;
import dev.tokenlife.spi.FetchedToken;
import dev.tokenlife.spi.SourceException;
import dev.tokenlife.spi.TokenSource;
import dev.tokenlife.testing.Node;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An authorization server with rotating refresh tokens: the second use of one, past a grace, ends
 * its grant. On bad days it fails in every way there is, before and after it has done its work.
 */
final class Provider {
  final Duration lifetime;
  final Duration grace;
  private final boolean singleUse;
  private final SplittableRandom random;
  private final Judge judge;
  private final World world;
  private final Map<String, Grant> grants = new HashMap<>();
  private int calls;
  private int tokens;
  private boolean wellBehaved;

  /** A sign-in: which refresh token is good now, and since when the one before is not. */
  private static final class Grant {
    private String valid;
    private String before = "";
    private long rotatedNanos;
    private boolean dead;

    Grant(String first) {
      valid = first;
    }
  }

  Provider(World world, Judge judge, SplittableRandom random) {
    this.world = world;
    this.judge = judge;
    this.random = random;
    this.singleUse = random.nextInt(4) != 0;
    this.lifetime = Duration.ofMinutes(new int[] {2, 10, 60}[random.nextInt(3)]);
    this.grace = Duration.ofSeconds(random.nextBoolean() ? 0 : 60);
  }

  /** From now on it does what it should. */
  void behave() {
    wellBehaved = true;
  }

  boolean isSingleUse() {
    return singleUse;
  }

  /** Returns the provider as one process sees it. */
  TokenSource seenBy(Supplier<Node> node) {
    return new TokenSource() {
      @Override
      public FetchedToken fetch(FetchRequest request) throws Exception {
        return Provider.this.fetch(node.get(), request);
      }

      @Override
      public boolean exclusive() {
        return singleUse;
      }

      @Override
      public Duration resendGrace() {
        return grace;
      }
    };
  }

  /** A person signs in; returns what that brings. */
  FetchedToken signIn() {
    String refresh = "refresh-" + ++tokens;
    grants.put(refresh, new Grant(refresh));
    FetchedToken token = FetchedToken.of("access-" + tokens, lifetime).withScopes("sign-in");
    return singleUse ? token.withRefreshToken(Secret.of(refresh)) : token;
  }

  private FetchedToken fetch(Node node, FetchRequest request) throws Exception {
    String refresh = request.refreshToken().map(Secret::reveal).orElse(null);
    Call call = judge.called(++calls, node, request.key(), request.generation(), refresh);
    try {
      world.meanwhile(call);
      failBefore();
      FetchedToken answer = answer(refresh, call);
      world.meanwhile(call);
      failAfter();
      judge.delivered(call);
      return answer;
    } finally {
      call.over = true;
    }
  }

  /** Nothing has arrived, and the process knows it. */
  private void failBefore() {
    if (wellBehaved) {
      return;
    }
    switch (random.nextInt(24)) {
      case 0, 1 -> throw new SourceException(FailureKind.TRANSIENT, "connection refused");
      case 2 ->
          throw new SourceException(
              FailureKind.THROTTLED, "429", Duration.ofSeconds(random.nextInt(90)), null);
      case 3 -> throw new SourceException(FailureKind.CONFIG, "invalid_client");
      default -> {}
    }
  }

  /** The work is done, and the process does not learn it. */
  private void failAfter() throws IOException {
    if (wellBehaved) {
      return;
    }
    switch (random.nextInt(24)) {
      case 0 -> throw new SourceException(FailureKind.AMBIGUOUS, "cut");
      case 1 -> throw new IOException("reset");
      case 2 -> throw new StackOverflowError("in the client");
      default -> {}
    }
  }

  private FetchedToken answer(@Nullable String refresh, Call call) {
    if (!singleUse) {
      return token(call);
    }
    Grant grant = refresh == null ? null : grants.get(refresh);
    if (grant != null && !wellBehaved && random.nextInt(40) == 0) {
      // The person took the permission back.
      grant.dead = true;
    }
    if (grant == null || grant.dead || !takes(grant, refresh)) {
      if (grant != null) {
        grant.dead = true;
      }
      judge.refusedForGood(call);
      throw new SourceException(FailureKind.PERMANENT, "invalid_grant");
    }
    String next = "refresh-" + ++tokens;
    grant.before = String.valueOf(refresh);
    grant.rotatedNanos = world.time.nanos();
    grant.valid = next;
    grants.put(next, grant);
    return token(call).withRefreshToken(Secret.of(next));
  }

  private boolean takes(Grant grant, @Nullable String refresh) {
    long since = world.time.nanos() - grant.rotatedNanos;
    return grant.valid.equals(refresh) || (grant.before.equals(refresh) && since < grace.toNanos());
  }

  private FetchedToken token(Call call) {
    return FetchedToken.of("access-" + ++tokens, lifetime).withScopes(call.mark());
  }
}
