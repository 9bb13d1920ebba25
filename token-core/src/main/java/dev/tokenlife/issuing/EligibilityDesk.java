package dev.tokenlife.issuing;

import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.ChainView;
import dev.tokenlife.spi.Eligibility;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the application who may take a chain, with a deadline; anything but a clear yes is a no. An
 * executor that runs in the caller's thread makes the deadline the application's own business.
 */
public final class EligibilityDesk {
  private static final Logger log = LoggerFactory.getLogger(EligibilityDesk.class);

  private final @Nullable Eligibility eligibility;
  private final Executor executor;
  private final Duration deadline;

  /** Asks on this executor; null means that everybody is eligible. */
  public EligibilityDesk(@Nullable Eligibility eligibility, Executor executor, Duration deadline) {
    this.eligibility = eligibility;
    this.executor = executor;
    this.deadline = deadline;
  }

  boolean isOpen() {
    return eligibility != null;
  }

  boolean ask(ChainRow row, String actor, long now) {
    if (eligibility == null) {
      return true;
    }
    Eligibility asked = eligibility;
    FutureTask<Boolean> question =
        new FutureTask<>(() -> asked.mayTake(ChainView.of(row, now), actor));
    try {
      executor.execute(question);
      return question.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return no(row, actor, question, interrupted);
    } catch (ExecutionException | TimeoutException | RejectedExecutionException failure) {
      return no(row, actor, question, failure);
    }
  }

  private boolean no(ChainRow row, String actor, FutureTask<Boolean> question, Exception why) {
    question.cancel(true);
    if (executor instanceof ThreadPoolExecutor pool) {
      // Behind questions that hang for good, nothing must pile up.
      pool.remove(question);
    }
    log.warn("Nobody could say whether actor={} may take key={}: refused", actor, row.key(), why);
    return false;
  }
}
