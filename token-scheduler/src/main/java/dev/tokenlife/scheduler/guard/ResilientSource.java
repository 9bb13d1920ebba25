package dev.tokenlife.scheduler.guard;

import dev.tokenlife.model.FailureKind;
import dev.tokenlife.model.Secret;
import dev.tokenlife.spi.FetchRequest;
import dev.tokenlife.spi.FetchedToken;
import dev.tokenlife.spi.SourceException;
import dev.tokenlife.spi.TokenSource;
import dev.tokenlife.spi.Trigger;
import dev.tokenlife.spi.UpstreamGuard;
import dev.tokenlife.spi.UpstreamGuard.Admission;
import dev.tokenlife.time.TimeSource;
import java.time.Duration;

/**
 * A source behind a guard of its own, for use outside {@code Tokens} or to guard one source more
 * strictly. It makes one call or none; retrying stays with whoever calls it.
 */
public final class ResilientSource implements TokenSource {
  private final TokenSource source;
  private final UpstreamGuard guard;
  private final TimeSource time;

  private ResilientSource(TokenSource source, UpstreamGuard guard, TimeSource time) {
    this.source = source;
    this.guard = guard;
    this.time = time;
  }

  /** Guards a source by the default settings. */
  public static TokenSource around(TokenSource source) {
    return around(source, ResilienceGuard.create(), TimeSource.system());
  }

  /** Guards a source by this guard. */
  public static TokenSource around(TokenSource source, UpstreamGuard guard, TimeSource time) {
    return new ResilientSource(source, guard, time);
  }

  @Override
  public FetchedToken fetch(FetchRequest request) throws Exception {
    if (guard.admit(upstream(), Trigger.CALLER) instanceof Admission.Refused refused) {
      FailureKind kind = refused.kind() == null ? FailureKind.THROTTLED : refused.kind();
      throw new SourceException(kind, refused.reason(), refused.retryAfter(), null);
    }
    long started = time.nanos();
    try {
      FetchedToken token = source.fetch(request);
      guard.report(upstream(), since(started), null, null);
      return token;
    } catch (SourceException failure) {
      guard.report(upstream(), since(started), failure.kind(), failure.retryAfter().orElse(null));
      throw failure;
    } catch (Exception | Error failure) {
      guard.report(upstream(), since(started), FailureKind.TRANSIENT, null);
      throw failure;
    }
  }

  @Override
  public String upstream() {
    return source.upstream();
  }

  @Override
  public boolean exclusive() {
    return source.exclusive();
  }

  @Override
  public Duration resendGrace() {
    return source.resendGrace();
  }

  @Override
  public void revoke(Secret refreshToken) throws Exception {
    source.revoke(refreshToken);
  }

  private Duration since(long started) {
    return Duration.ofNanos(time.nanos() - started);
  }
}
