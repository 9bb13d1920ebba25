package dev.tokenlife.model;

import java.time.Instant;

/**
 * What a verified token is worth at one moment.
 *
 * @param chain its chain
 * @param active whether it could be consumed now by whom the actor rule allows
 * @param generation its place in the chain
 * @param issuedAt when it was minted
 * @param expiresAt when the chain's current token ends; the moment of asking if there is none
 */
public record TokenInspection(
    ChainView chain, boolean active, long generation, Instant issuedAt, Instant expiresAt) {}
