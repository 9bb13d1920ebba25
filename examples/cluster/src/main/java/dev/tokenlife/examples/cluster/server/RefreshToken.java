package dev.tokenlife.examples.cluster.server;

/**
 * What the server knows of a refresh token and of the access token it was issued with.
 *
 * @param grant whose it is
 * @param family which sign-in it descends from, counted from 1
 * @param number how many were issued before it in this family
 * @param issuedNanos when it was issued
 * @param lifetimeNanos how long the access token lives
 */
public record RefreshToken(
    String grant, int family, int number, long issuedNanos, long lifetimeNanos) {
  /** Returns when the access token that came with it ends. */
  public long accessEndsNanos() {
    return issuedNanos + lifetimeNanos;
  }
}
