package dev.tokenlife.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;

/**
 * An executor that nobody may use: it throws, and remembers who tried, for the case that the throw
 * is caught on the way.
 */
public final class ForbiddenExecutor implements Executor {
  private final CopyOnWriteArrayList<Throwable> touches = new CopyOnWriteArrayList<>();

  /** Creates one that was not touched yet. */
  public ForbiddenExecutor() {}

  @Override
  public void execute(Runnable task) {
    AssertionError touched = new AssertionError("nothing may run behind this test, but: " + task);
    touches.add(touched);
    throw touched;
  }

  /** Returns the stack traces of those who tried. */
  public List<Throwable> touches() {
    return List.copyOf(touches);
  }

  /**
   * Checks that nobody tried.
   *
   * @throws AssertionError caused by the first one who did
   */
  public void assertUntouched() {
    if (!touches.isEmpty()) {
      throw new AssertionError("touched " + touches.size() + " times", touches.get(0));
    }
  }
}
