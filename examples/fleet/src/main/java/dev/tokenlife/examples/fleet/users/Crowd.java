package dev.tokenlife.examples.fleet.users;

import dev.tokenlife.Tokens;
import dev.tokenlife.examples.fleet.record.RunClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentSkipListMap;

/** Everybody, and the threads they read on. */
public final class Crowd implements AutoCloseable {
  private static final Duration STEP = Duration.ofMillis(50);
  private static final Duration END_WITHIN = Duration.ofSeconds(5);

  private final List<Person> people;
  private final Day day;
  private final RunClock clock;
  private final Map<String, Reads> reads = new ConcurrentSkipListMap<>();
  private final List<Thread> threads = new ArrayList<>();

  /** These people, with their kind of day. */
  public Crowd(List<Person> people, Day day, RunClock clock) {
    this.people = List.copyOf(people);
    this.day = day;
    this.clock = clock;
    for (Person person : people) {
      reads.computeIfAbsent(person.key().partition(), provider -> new Reads(clock));
    }
  }

  /** Returns everybody. */
  public List<Person> people() {
    return people;
  }

  /** Returns who has a grant of this provider. */
  public List<Person> of(String provider) {
    return people.stream().filter(person -> person.key().partition().equals(provider)).toList();
  }

  /** Returns what became of the reads at one provider. */
  public Reads reads(String provider) {
    return reads.computeIfAbsent(provider, unknown -> new Reads(clock));
  }

  /** Returns what became of the reads, by provider. */
  public Map<String, Reads> reads() {
    return reads;
  }

  /** Returns whether somebody is awake now. */
  public boolean isAwake(Person person) {
    return person.isAwake(day.awake(clock.elapsed()));
  }

  /** Starts to read on so many threads; each serves its own part of the people. */
  public void start(Tokens tokens, Duration lifetime, int callers, long seed) {
    for (int i = 0; i < callers; i++) {
      List<Person> part = new ArrayList<>();
      for (int j = i; j < people.size(); j += callers) {
        part.add(people.get(j));
      }
      SplittableRandom random = new SplittableRandom(seed * 31 + i);
      Caller caller = new Caller(tokens, clock.time(), lifetime, reads);
      Thread thread = new Thread(() -> live(part, caller, random), "caller-" + i);
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
    try {
      for (Thread thread : threads) {
        thread.join(END_WITHIN.toMillis());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void live(List<Person> part, Caller caller, SplittableRandom random) {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        for (Person person : part) {
          Duration elapsed = clock.elapsed();
          if (person.isAwake(day.awake(elapsed))
              && day.reads(elapsed, STEP, random)
              && !person.isSignedOut()) {
            caller.read(person);
          }
        }
        clock.time().sleep(STEP);
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }
}
