package dev.tokenlife.execution;

import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The threads of one instance: named daemon threads, at most as many as were asked for, none while
 * there is nothing to do; virtual ones where the JVM has them. Or the executor the application
 * gave, which is never shut down here.
 *
 * <p>A thread whose task outlived its deadline and does not heed its interrupt is {@link #lost}: it
 * no longer counts, and another may take its place, until as many are lost as were asked for. So
 * there are never more than twice as many threads, and tasks that hang for ever stop the others
 * only when that many of them hang at the same time. A lost thread that ends its task counts again.
 */
public final class Workers implements AutoCloseable {
  private static final long KEEP_ALIVE_MILLIS = 1_000;
  private static final long AFTER_INTERRUPT_MILLIS = 1_000;

  private final Executor executor;
  private final @Nullable ThreadPoolExecutor own;
  private final int most;
  private int lost;

  private Workers(Executor executor, @Nullable ThreadPoolExecutor own, int most) {
    this.executor = executor;
    this.own = own;
    this.most = most;
  }

  /** Uses the application's executor. */
  public static Workers of(Executor executor) {
    return new Workers(executor, null, 0);
  }

  /** Makes up to {@code most} threads of this name as they are needed. */
  public static Workers start(String name, int most) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            most,
            most,
            KEEP_ALIVE_MILLIS,
            TimeUnit.MILLISECONDS,
            new LinkedBlockingQueue<>(),
            threads(name));
    pool.allowCoreThreadTimeOut(true);
    return new Workers(pool, pool, most);
  }

  /** Returns where work is run. */
  public Executor executor() {
    return executor;
  }

  /** A thread hangs past the deadline of its task; another may be started in its place. */
  public void lost() {
    resize(1);
  }

  /** A thread that was lost has ended its task after all. */
  public void found() {
    resize(-1);
  }

  private synchronized void resize(int change) {
    if (own == null) {
      return;
    }
    lost += change;
    int size = most + Math.min(lost, most);
    if (size >= own.getMaximumPoolSize()) {
      own.setMaximumPoolSize(size);
      own.setCorePoolSize(size);
    } else {
      own.setCorePoolSize(size);
      own.setMaximumPoolSize(size);
    }
  }

  /**
   * Takes nothing new, waits this long for what runs, then interrupts it and gives it one more
   * second to note that it was. An executor of the application is left alone.
   *
   * @return whether everything had ended without being interrupted
   */
  public boolean close(Duration timeout) {
    if (own == null) {
      return true;
    }
    own.shutdown();
    try {
      if (own.awaitTermination(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
        return true;
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    own.shutdownNow();
    awaitInterrupted(own);
    return false;
  }

  private static void awaitInterrupted(ExecutorService pool) {
    try {
      boolean unused = pool.awaitTermination(AFTER_INTERRUPT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    close(Duration.ZERO);
  }

  private static ThreadFactory threads(String name) {
    ThreadFactory virtual = virtualThreads(name);
    if (virtual != null) {
      return virtual;
    }
    AtomicLong number = new AtomicLong();
    return task -> {
      Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /** Java 21 and later; looked up by name since this is compiled for 17. */
  private static @Nullable ThreadFactory virtualThreads(String name) {
    try {
      Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
      Class<?> type = Class.forName("java.lang.Thread$Builder");
      Object named =
          type.getMethod("name", String.class, long.class).invoke(builder, name + "-", 1L);
      return (ThreadFactory) type.getMethod("factory").invoke(named);
    } catch (NoSuchMethodException | ClassNotFoundException | IllegalAccessException olderJvm) {
      return null;
    } catch (InvocationTargetException refused) {
      return null;
    }
  }
}
