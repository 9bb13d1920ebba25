package dev.tokenlife.refresh;

import dev.tokenlife.spi.UsageRules;
import java.time.Duration;

/**
 * How the refresh path behaves; fixed for the life of an instance.
 *
 * @param callDeadline how long one call to a source may take, body included
 * @param callerDeadline how long a caller without a usable token waits
 * @param maxStaleness how long a row read from a shared store is believed
 * @param serveWhileStoreDown whether usable tokens are served longer than that while the store is
 *     down
 * @param serveAfterHardStop whether a failed refresh keeps the old token served to its very expiry
 * @param slowProbe how long until a permanently failed grant is tried again by itself
 * @param resendAfterLostAnswer whether a refresh token whose answer was lost is ever sent again
 * @param maxChains how many chains this process keeps in memory
 * @param usage how the way chains are read has a say in when they are refreshed
 */
public record Settings(
    Duration callDeadline,
    Duration callerDeadline,
    Duration maxStaleness,
    boolean serveWhileStoreDown,
    boolean serveAfterHardStop,
    Duration slowProbe,
    boolean resendAfterLostAnswer,
    int maxChains,
    UsageRules usage) {
  /** 10 s, 30 s, 30 s, yes, no, 1 h, yes, 2 million. */
  public static final Settings DEFAULT =
      new Settings(
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          true,
          false,
          Duration.ofHours(1),
          true,
          2_000_000,
          UsageRules.OFF);
}
