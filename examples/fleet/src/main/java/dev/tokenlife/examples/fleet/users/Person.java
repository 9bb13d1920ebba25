package dev.tokenlife.examples.fleet.users;

import dev.tokenlife.model.AccessToken;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.spi.RefreshPolicy;
import dev.tokenlife.spi.RefreshPolicy.Lifetime;
import java.time.Duration;

/**
 * One person with one grant, and what they know of it themselves: they judge by what they were
 * given, not by what the library says of itself. Safe for use by many threads.
 */
public final class Person {
  private final ChainKey key;
  private final double sleepiness;
  private volatile long usableUntil;
  private volatile long generation;
  private volatile boolean signedOut;

  /**
   * A person who has not read anything yet.
   *
   * @param sleepiness between 0, always awake, and 1, the first to sleep
   */
  public Person(ChainKey key, double sleepiness) {
    this.key = key;
    this.sleepiness = sleepiness;
  }

  /** Returns the grant. */
  public ChainKey key() {
    return key;
  }

  /** Returns whether this person is awake while such a share of all people is. */
  public boolean isAwake(double share) {
    return sleepiness <= share;
  }

  /** Returns whether the person was told to sign in, and has not yet. */
  public boolean isSignedOut() {
    return signedOut;
  }

  /** Is told to sign in again; what was given before is worth nothing any more. */
  public void signedOut() {
    usableUntil = 0;
    signedOut = true;
  }

  /** Has signed in again. */
  public void signedIn() {
    signedOut = false;
  }

  /** Was given a token that lives this long when it is new. */
  void given(AccessToken token, Duration lifetime) {
    long expiresAt = token.expiresAtMillis();
    Lifetime life = new Lifetime(expiresAt - lifetime.toMillis(), expiresAt);
    generation = token.generation();
    usableUntil = RefreshPolicy.adaptive().serveUntil(life);
  }

  /** Returns whether this is the token the person had before. */
  boolean knows(AccessToken token) {
    return token.generation() == generation;
  }

  /** Returns whether the last token this person was given must still be good. */
  boolean hasUsable(long wallMillis) {
    return wallMillis < usableUntil;
  }
}
