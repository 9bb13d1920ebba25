package dev.tokenlife.examples.fleet.course;

import dev.tokenlife.Tokens;
import dev.tokenlife.examples.fleet.service.SignIns;
import dev.tokenlife.examples.fleet.service.Site;
import dev.tokenlife.examples.fleet.service.Sites;
import dev.tokenlife.examples.fleet.users.Person;
import dev.tokenlife.model.ChainKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Everybody with a grant, as a service finds them when it starts again. */
public final class Population {
  /** The tokens of the others have expired while the service was down. */
  private static final double ALIVE = 0.66;

  private final Sites sites;
  private final SplittableRandom random;
  private final List<Person> people = new ArrayList<>();

  /** So many people at these providers; another seed, other people. */
  public Population(Sites sites, int users, long seed) {
    this.sites = sites;
    this.random = new SplittableRandom(seed);
    List<Site> all = sites.all();
    for (int user = 0; user < users; user++) {
      ChainKey key = all.get(user % all.size()).key(user);
      people.add(new Person(key, random.nextDouble()));
    }
  }

  /** Returns all of them. */
  public List<Person> people() {
    return people;
  }

  /** Brings in everybody's grant, with tokens of all ages; returns those without a usable one. */
  public List<ChainKey> signIn(Tokens tokens, Duration lifetime) {
    List<ChainKey> cold = new ArrayList<>();
    for (Person person : people) {
      boolean alive = random.nextDouble() < ALIVE;
      double part = alive ? 0.2 + 0.8 * random.nextDouble() : 0;
      Duration left = Duration.ofMillis((long) (lifetime.toMillis() * part));
      SignIns.signIn(tokens, sites.of(person).provider(), person, "first", left);
      if (!alive) {
        cold.add(person.key());
      }
    }
    return cold;
  }
}
