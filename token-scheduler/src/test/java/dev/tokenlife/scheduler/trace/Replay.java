package dev.tokenlife.scheduler.trace;

import dev.tokenlife.Tokens;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.spi.FetchRequest;
import dev.tokenlife.spi.FetchedToken;
import dev.tokenlife.spi.RefreshEngine;
import dev.tokenlife.spi.TokenSource;
import dev.tokenlife.spi.UsageRules;
import dev.tokenlife.testing.ReferenceStore;
import dev.tokenlife.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** Plays a trace to an engine in virtual time and counts what it cost and what callers saw. */
final class Replay {
  /** A Monday, as traces begin on one. */
  private static final Instant MONDAY = Instant.parse("2030-01-07T00:00:00Z");

  private final VirtualTime time = new VirtualTime(MONDAY);
  private final Set<String> unread = new HashSet<>();
  private long measuredFrom;
  private int fetched;
  private int calls;
  private int waited;
  private int reads;

  /**
   * What a trace cost.
   *
   * @param reads how many there were
   * @param calls refreshes at the source
   * @param waited reads that found no usable token
   * @param unused refreshes whose token nobody read
   */
  record Cost(int reads, int calls, int waited, int unused) {}

  /** Plays all of a trace; what happens in its first {@code learnDays} days is not counted. */
  static Cost of(Trace trace, RefreshEngine engine, UsageRules usage, int learnDays) {
    return new Replay().play(trace, engine, usage, learnDays * Trace.DAY);
  }

  private Cost play(Trace trace, RefreshEngine engine, UsageRules usage, long from) {
    measuredFrom = from;
    try (Tokens tokens =
        Tokens.builder()
            .source(TokenSource.of(this::fetch))
            .engine(engine)
            .store(ReferenceStore.local())
            .time(time)
            .usage(usage)
            .executor(Runnable::run)
            .build()) {
      for (Trace.Read read : trace.reads()) {
        time.advance(Duration.ofMillis(read.at() - sinceStart()));
        read(tokens, ChainKey.of("users", "user-" + read.user()));
      }
    }
    return new Cost(reads, calls, waited, unread.size());
  }

  private void read(Tokens tokens, ChainKey key) {
    boolean waits = tokens.getIfFresh(key).isEmpty();
    unread.remove(tokens.get(key).bearer());
    if (sinceStart() >= measuredFrom) {
      reads++;
      waited += waits ? 1 : 0;
    }
  }

  private FetchedToken fetch(FetchRequest request) {
    String token = "t" + fetched++;
    if (sinceStart() >= measuredFrom) {
      calls++;
      unread.add("Bearer " + token);
    }
    return FetchedToken.of(token, Duration.ofHours(1));
  }

  private long sinceStart() {
    return time.wallMillis() - MONDAY.toEpochMilli();
  }
}
