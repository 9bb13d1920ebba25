package dev.tokenlife.examples.fleet.service;

import dev.tokenlife.examples.fleet.record.Latencies;
import dev.tokenlife.model.Secret;
import dev.tokenlife.spi.FetchRequest;
import dev.tokenlife.spi.FetchedToken;
import dev.tokenlife.spi.TokenSource;
import dev.tokenlife.time.TimeSource;
import java.time.Duration;

/** A source whose calls are timed; in everything else it is the source itself. */
public final class TimedSource implements TokenSource {
  private final TokenSource source;
  private final TimeSource time;
  private final Latencies calls = new Latencies();

  TimedSource(TokenSource source, TimeSource time) {
    this.source = source;
    this.time = time;
  }

  /** Returns how long the calls took, those that failed too. */
  public Latencies calls() {
    return calls;
  }

  @Override
  public FetchedToken fetch(FetchRequest request) throws Exception {
    long started = time.nanos();
    try {
      return source.fetch(request);
    } finally {
      calls.add(time.nanos() - started);
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
}
