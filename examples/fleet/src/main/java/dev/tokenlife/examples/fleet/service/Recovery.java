package dev.tokenlife.examples.fleet.service;

import dev.tokenlife.Tokens;
import dev.tokenlife.examples.fleet.record.RunClock;
import dev.tokenlife.examples.fleet.users.Crowd;
import dev.tokenlife.examples.fleet.users.Person;
import dev.tokenlife.model.KeyStatus.Freshness;
import dev.tokenlife.model.Progress;
import java.time.Duration;
import java.util.List;

/**
 * How far a provider's people, whose tokens an outage left behind, have their tokens again. Looks
 * once a second, since it asks for each of them. For one thread.
 */
public final class Recovery {
  private final Tokens tokens;
  private final Crowd crowd;
  private final RunClock clock;
  private final List<Person> behind;
  private final Duration startedAt;
  private int lookedAt = -1;
  private long done;

  private Recovery(Tokens tokens, Crowd crowd, RunClock clock, List<Person> behind) {
    this.tokens = tokens;
    this.crowd = crowd;
    this.clock = clock;
    this.behind = behind;
    this.startedAt = clock.elapsed();
  }

  /** Begins when the provider is back. */
  public static Recovery start(Tokens tokens, Crowd crowd, String provider, RunClock clock) {
    List<Person> behind =
        crowd.of(provider).stream()
            .filter(person -> crowd.isAwake(person) && !isFresh(tokens, person))
            .toList();
    return new Recovery(tokens, crowd, clock, behind);
  }

  /** Who went to sleep meanwhile needs no token, and is counted as done. */
  public Progress progress() {
    if (lookedAt != clock.second()) {
      lookedAt = clock.second();
      done = behind.stream().filter(this::isDone).count();
    }
    return new Progress(done, 0, behind.size(), clock.elapsed().minus(startedAt));
  }

  private boolean isDone(Person person) {
    return isFresh(tokens, person) || !crowd.isAwake(person);
  }

  private static boolean isFresh(Tokens tokens, Person person) {
    return tokens.status(person.key()).freshness() == Freshness.FRESH;
  }
}
