package dev.tokenlife.crypto;

import dev.tokenlife.time.TimeSource;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Settings of {@link SealedTokens}. Not thread-safe. */
public final class SealedTokensBuilder {
  private static final Duration MAX_SKEW = Duration.ofMinutes(5);

  final KeyRing ring;
  Duration skew = Duration.ZERO;
  TimeSource time = TimeSource.system();
  @Nullable ReplayCache uses;
  private @Nullable String type;
  private @Nullable Duration ttl;

  SealedTokensBuilder(KeyRing ring) {
    this.ring = ring;
  }

  /** What the application calls this sort of token; tokens of one type open as no other. Needed. */
  public SealedTokensBuilder type(String type) {
    this.type = type;
    return this;
  }

  /** How long a token lives from its sealing; whole milliseconds. Needed. */
  public SealedTokensBuilder ttl(Duration ttl) {
    this.ttl = ttl;
    return this;
  }

  /**
   * For how long past its expiry a token still opens, because the clock of the process that sealed
   * it may be behind; 0 by default, at most 5 minutes.
   */
  public SealedTokensBuilder skew(Duration skew) {
    this.skew = skew;
    return this;
  }

  /** Lets each token open once only, as this cache remembers; by default they open any time. */
  public SealedTokensBuilder once(ReplayCache uses) {
    this.uses = uses;
    return this;
  }

  /** The clock; the machine's by default. */
  public SealedTokensBuilder time(TimeSource time) {
    this.time = time;
    return this;
  }

  /**
   * Returns the sealer.
   *
   * @throws IllegalStateException if the type or the ttl is missing, or a duration is out of range
   */
  public SealedTokens build() {
    if (type == null || type.isEmpty()) {
      throw new IllegalStateException("sealed tokens need a type: call type(\"...\")");
    }
    if (ttl == null) {
      throw new IllegalStateException("sealed tokens need a life: call ttl(Duration)");
    }
    if (ttl.toMillis() < 1 || ttl.toDays() > 3650) {
      throw new IllegalStateException("a sealed token lives 1 ms to 10 years, not " + ttl);
    }
    if (skew.isNegative() || skew.compareTo(MAX_SKEW) > 0) {
      throw new IllegalStateException("the skew is 0 to 5 minutes, not " + skew);
    }
    return new SealedTokens(this, type, ttl);
  }
}
