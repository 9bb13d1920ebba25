package dev.tokenlife.scheduler.timer;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The timers one would write without a wheel: a task for each. The oracle for the wheel. */
final class ExecutorTimers implements Timers {
  private final ScheduledExecutorService executor;
  private final Map<Long, Entry> armed = new HashMap<>();
  private final Map<Long, Entry> due = new LinkedHashMap<>();
  private final ArrayDeque<Integer> free = new ArrayDeque<>();
  private int slots;
  private int marks;

  private record Entry(long deadline, Future<?> task) {}

  ExecutorTimers(ScheduledExecutorService executor) {
    this.executor = executor;
  }

  @Override
  public boolean needsTime(long deadline) {
    return true;
  }

  @Override
  public long arm(long deadline, long now) {
    int slot = free.isEmpty() ? slots++ : free.pop();
    long handle = ((long) ++marks << 32) | slot;
    schedule(handle, deadline, now);
    return handle;
  }

  @Override
  public boolean rearm(long handle, long deadline, long now) {
    if (!remove(handle)) {
      return false;
    }
    schedule(handle, deadline, now);
    return true;
  }

  @Override
  public boolean cancel(long handle) {
    boolean removed = remove(handle);
    if (removed) {
      free.push(Timers.slot(handle));
    }
    return removed;
  }

  @Override
  public boolean isArmed(long handle) {
    return armed.containsKey(handle) || due.containsKey(handle);
  }

  @Override
  public int size() {
    return armed.size() + due.size();
  }

  @Override
  public long nextWake(long now) {
    return due.isEmpty()
        ? armed.values().stream().mapToLong(Entry::deadline).min().orElse(Long.MAX_VALUE)
        : now;
  }

  @Override
  public int drain(long now, int max, Firing firing) {
    int fired = 0;
    while (fired < max && !due.isEmpty()) {
      Map.Entry<Long, Entry> first = due.entrySet().iterator().next();
      cancel(first.getKey());
      fired++;
      firing.fire(first.getKey(), first.getValue().deadline);
    }
    return fired;
  }

  @Override
  public void clear() {
    armed.values().forEach(entry -> entry.task.cancel(false));
    armed.clear();
    due.clear();
  }

  private void schedule(long handle, long deadline, long now) {
    long at = Math.max(deadline, now);
    Future<?> task = executor.schedule(() -> fallDue(handle), at - now, TimeUnit.MILLISECONDS);
    armed.put(handle, new Entry(at, task));
  }

  private void fallDue(long handle) {
    Entry entry = armed.remove(handle);
    if (entry != null) {
      due.put(handle, entry);
    }
  }

  private boolean remove(long handle) {
    Entry entry = armed.remove(handle);
    if (entry != null) {
      entry.task.cancel(false);
    }
    return entry != null || due.remove(handle) != null;
  }
}
