package dev.tokenlife.model;

/**
 * A pending confirmation of one scanner; the code is derived, never stored.
 *
 * @param id names this challenge to the scanner
 * @param scanner who asked for it
 * @param nonce random, base64url; the code is derived from it
 * @param keyId the key the code is derived with
 * @param seq the only sequence it is good for
 * @param generation the generation that was scanned; the one a match consumes
 * @param expiresAt epoch milliseconds
 * @param attemptsLeft how many guesses may still be compared
 */
public record ChallengeSlot(
    String id,
    String scanner,
    String nonce,
    int keyId,
    long seq,
    long generation,
    long expiresAt,
    int attemptsLeft) {}
