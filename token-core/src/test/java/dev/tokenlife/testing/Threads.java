package dev.tokenlife.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The threads of this library that run in this JVM, told by their names. */
public final class Threads {
  private static final long PATIENCE_SECONDS = 30;

  private Threads() {}

  /** Returns those that run now. */
  public static Set<Thread> running() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("tokenlife-"))
        .collect(Collectors.toSet());
  }

  /**
   * Waits for all that were not running {@code before} to end.
   *
   * @throws AssertionError if one still runs after 30 s
   */
  public static void assertEnded(Set<Thread> before) {
    for (Thread thread : running()) {
      if (!before.contains(thread)) {
        join(thread);
        assertThat(thread.isAlive()).as("thread %s runs on", thread.getName()).isFalse();
      }
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for " + thread.getName(), stop);
    }
  }
}
