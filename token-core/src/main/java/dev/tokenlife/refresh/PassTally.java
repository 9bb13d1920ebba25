package dev.tokenlife.refresh;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.PassReport;
import dev.tokenlife.spi.RefreshOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts what one pass does; many threads add to it. */
final class PassTally {
  private static final int MOST_ERRORS = 100;

  private final long startedAt;
  private final List<String> errors = new ArrayList<>();
  private long planned;
  private long looked;
  private long refreshed;
  private long fresh;
  private long failures;
  private boolean truncated;
  private @Nullable String listingFailure;

  PassTally(long startedAt) {
    this.startedAt = startedAt;
  }

  synchronized void planned(long count) {
    planned = count;
  }

  synchronized void queried() {
    looked++;
  }

  synchronized void truncated() {
    truncated = true;
  }

  synchronized void listingFailed(RuntimeException failure) {
    listingFailure = String.valueOf(failure.getMessage());
  }

  synchronized void count(ChainKey key, RefreshOutcome outcome) {
    if (outcome instanceof RefreshOutcome.Refreshed) {
      refreshed++;
    } else if (outcome instanceof RefreshOutcome.Failed failed) {
      fail(key + ": " + failed.kind() + ": " + failed.message());
    } else if (outcome instanceof RefreshOutcome.Refused refused) {
      fail(key + ": " + refused.reason());
    } else {
      fresh++;
    }
  }

  synchronized PassReport report(Duration duration) {
    long queried = Math.max(looked, planned);
    long skipped = truncated ? fresh : fresh + Math.max(0, planned - looked);
    return new PassReport(
        Instant.ofEpochMilli(startedAt),
        queried,
        refreshed,
        skipped,
        failures,
        errors,
        truncated,
        duration,
        listingFailure);
  }

  private void fail(String error) {
    failures++;
    if (errors.size() < MOST_ERRORS) {
      errors.add(error);
    }
  }
}
