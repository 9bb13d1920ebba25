package dev.tokenlife.model;

/**
 * The chain's current token, without anything secret.
 *
 * @param generation its place in the chain
 * @param seq the hand-overs before it
 * @param issuedAt epoch milliseconds
 * @param expiresAt epoch milliseconds; the token is valid if and only if now is before this
 * @param keyId the key its tag was made with; 0 for fetched tokens
 */
public record CurrentToken(long generation, long seq, long issuedAt, long expiresAt, int keyId) {}
