package dev.tokenlife.testing;

import dev.tokenlife.model.FailureKind;
import dev.tokenlife.model.Secret;
import dev.tokenlife.spi.FetchRequest;
import dev.tokenlife.spi.FetchedToken;
import dev.tokenlife.spi.SourceException;
import dev.tokenlife.spi.TokenSource;
import dev.tokenlife.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * An upstream that does what the test says: each call takes the next step of the script, and after
 * the last one answers {@code access-1}, {@code access-2} ... with a lifetime of one hour. It
 * remembers what it was asked. Safe for use by many threads.
 */
public final class ScriptedSource implements TokenSource {
  private static final Duration LIFETIME = Duration.ofHours(1);

  private final String name;
  private final Optional<SpentTokens> spent;
  private final ConcurrentLinkedQueue<Step> script = new ConcurrentLinkedQueue<>();
  private final CopyOnWriteArrayList<FetchRequest> requests = new CopyOnWriteArrayList<>();
  private final CopyOnWriteArrayList<Secret> revoked = new CopyOnWriteArrayList<>();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger mostInFlight = new AtomicInteger();
  private final AtomicLong accessTokens = new AtomicLong();
  private final AtomicLong refreshTokens = new AtomicLong();
  private volatile TokenSource otherwise = this::usual;

  /** What one call does, and whether the upstream gets to see it. */
  private record Step(TokenSource action, boolean arrives) {}

  private ScriptedSource(String name, Optional<SpentTokens> spent) {
    this.name = name;
    this.spent = spent;
  }

  /** A source whose calls spend nothing. */
  public static ScriptedSource create() {
    return create("default");
  }

  /** A source of a named upstream whose calls spend nothing. */
  public static ScriptedSource create(String upstream) {
    return new ScriptedSource(upstream, Optional.empty());
  }

  /**
   * An exclusive source with rotating refresh tokens: every answer brings a new one, and the second
   * use of one is refused as {@link FailureKind#PERMANENT} and remembered.
   */
  public static ScriptedSource singleUse() {
    return singleUse("default", Duration.ZERO, TimeSource.system());
  }

  /** The same, but for a grace after its first use a token is taken again. */
  public static ScriptedSource singleUse(String upstream, Duration grace, TimeSource time) {
    return new ScriptedSource(upstream, Optional.of(new SpentTokens(grace, time)));
  }

  /** The next call answers with a token that lives this long. */
  public ScriptedSource answer(String accessToken, Duration lifetime) {
    return answer(FetchedToken.of(accessToken, lifetime));
  }

  /** The next call answers with this. */
  public ScriptedSource answer(FetchedToken token) {
    return then(request -> token);
  }

  /** The next call does this; the refresh token of its request is spent. */
  public ScriptedSource then(TokenSource action) {
    script.add(new Step(action, true));
    return this;
  }

  /** The next call fails. Only {@link FailureKind#AMBIGUOUS} spends the refresh token. */
  public ScriptedSource fail(FailureKind kind) {
    return fail(new SourceException(kind, "made to fail: " + kind));
  }

  /** The next call is asked to wait. */
  public ScriptedSource throttle(Duration retryAfter) {
    return fail(new SourceException(FailureKind.THROTTLED, "made to wait", retryAfter, null));
  }

  /**
   * The next call throws this: an exception of any sort, or an error. Whatever does not say that
   * nothing was sent spends the refresh token.
   */
  public ScriptedSource fail(Throwable failure) {
    boolean arrives =
        !(failure instanceof SourceException known) || known.kind() == FailureKind.AMBIGUOUS;
    script.add(new Step(request -> throwing(failure), arrives));
    return this;
  }

  /** The next call waits at a gate; being interrupted ends the wait. */
  public SourceGate block() {
    return block(false);
  }

  /** The next call waits at a gate and does not listen to interrupts. */
  public SourceGate blockDeaf() {
    return block(true);
  }

  /** What every call does when the script has ended, instead of answering {@code access-n}. */
  public ScriptedSource otherwise(TokenSource action) {
    otherwise = action;
    return this;
  }

  /** Returns how many calls there were, those under way too. */
  public int calls() {
    return requests.size();
  }

  /** Returns what was asked, in the order of the calls. */
  public List<FetchRequest> requests() {
    return List.copyOf(requests);
  }

  /** Returns how many calls are under way. */
  public int inFlight() {
    return inFlight.get();
  }

  /** Returns how many calls there were at the same time, at most. */
  public int mostInFlight() {
    return mostInFlight.get();
  }

  /** Returns how many steps of the script nobody has taken yet. */
  public int stepsLeft() {
    return script.size();
  }

  /** Returns the refresh tokens that came a second time, outside the grace. */
  public List<Secret> secondUses() {
    return spent.map(SpentTokens::secondUses).orElse(List.of());
  }

  /** Returns the refresh tokens that came again inside the grace. */
  public List<Secret> resends() {
    return spent.map(SpentTokens::resends).orElse(List.of());
  }

  /** Returns the refresh tokens that were taken back. */
  public List<Secret> revoked() {
    return List.copyOf(revoked);
  }

  @Override
  public FetchedToken fetch(FetchRequest request) throws Exception {
    requests.add(request);
    mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
    try {
      Step step = next();
      if (step.arrives && spent.isPresent()) {
        request.refreshToken().ifPresent(spent.get()::spend);
      }
      return rotated(step.action.fetch(request));
    } finally {
      inFlight.decrementAndGet();
    }
  }

  @Override
  public String upstream() {
    return name;
  }

  @Override
  public boolean exclusive() {
    return spent.isPresent();
  }

  @Override
  public Duration resendGrace() {
    return spent.map(SpentTokens::grace).orElse(Duration.ZERO);
  }

  @Override
  public void revoke(Secret refreshToken) {
    revoked.add(refreshToken);
  }

  private SourceGate block(boolean deaf) {
    SourceGate gate = new SourceGate(deaf, request -> otherwise.fetch(request));
    then(gate::pass);
    return gate;
  }

  private Step next() {
    @Nullable Step step = script.poll();
    return step == null ? new Step(otherwise, true) : step;
  }

  private FetchedToken usual(FetchRequest request) {
    return FetchedToken.of("access-" + accessTokens.incrementAndGet(), LIFETIME);
  }

  private FetchedToken rotated(FetchedToken token) {
    return exclusive() && token.refreshToken() == null
        ? token.withRefreshToken(Secret.of("refresh-" + refreshTokens.incrementAndGet()))
        : token;
  }

  private static FetchedToken throwing(Throwable failure) throws Exception {
    if (failure instanceof Error error) {
      throw error;
    }
    throw (Exception) failure;
  }
}
