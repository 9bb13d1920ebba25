package dev.tokenlife.examples.fleet.service;

import dev.tokenlife.Tokens;
import dev.tokenlife.examples.fleet.providers.Provider;
import dev.tokenlife.examples.fleet.record.RunClock;
import dev.tokenlife.examples.fleet.users.Person;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.Secret;
import dev.tokenlife.spi.FetchedToken;
import dev.tokenlife.spi.TokenEvent;
import dev.tokenlife.spi.TokenListener;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/**
 * Tells people whose grant was refused for good to sign in again, as an application does; every
 * second of them does so after a while. Safe for use by many threads.
 */
public final class SignIns implements TokenListener {
  private static final Duration TAKES = Duration.ofSeconds(10);

  private final RunClock clock;
  private final Map<ChainKey, Person> people = new ConcurrentHashMap<>();
  private final Map<ChainKey, Integer> told = new ConcurrentHashMap<>();
  private final Queue<Pending> pending = new ConcurrentLinkedQueue<>();
  private final LongAdder again = new LongAdder();

  private record Pending(Person person, Duration at) {}

  /** Nobody was told yet. */
  public SignIns(RunClock clock) {
    this.clock = clock;
  }

  /** Says who is to be told. */
  public void add(List<Person> some) {
    some.forEach(person -> people.put(person.key(), person));
  }

  @Override
  public void onEvent(TokenEvent event) {
    Person person = people.get(event.key());
    if (event.type() != TokenEvent.Type.SIGN_IN_REQUIRED || person == null) {
      return;
    }
    int times = told.merge(event.key(), 1, Integer::sum);
    person.signedOut();
    if (times == 1 && told.size() % 2 == 0) {
      pending.add(new Pending(person, clock.elapsed().plus(TAKES)));
    }
  }

  /** Lets those sign in whose time has come. */
  public void signInWhoIsReady(Tokens tokens, Provider provider) {
    Pending next = pending.peek();
    while (next != null && next.at().compareTo(clock.elapsed()) <= 0) {
      pending.remove();
      signIn(tokens, provider, next.person(), "again", Duration.ZERO);
      again.increment();
      next = pending.peek();
    }
  }

  /** A person signs in; what they bring comes with an access token that lives so long. */
  public static void signIn(
      Tokens tokens, Provider provider, Person person, String grantId, Duration left) {
    Secret refreshToken = Secret.of(provider.signIn(person.key().id()));
    FetchedToken grant = FetchedToken.of("at-of-the-sign-in", left).withRefreshToken(refreshToken);
    tokens.adopt(person.key(), grantId, grant);
    person.signedIn();
  }

  /** Returns how often each was told. */
  public Map<ChainKey, Integer> told() {
    return Map.copyOf(told);
  }

  /** Returns how many have signed in again. */
  public long signedInAgain() {
    return again.sum();
  }
}
