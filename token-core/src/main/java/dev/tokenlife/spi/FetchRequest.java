package dev.tokenlife.spi;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.Secret;
import java.time.Duration;
import java.util.Optional;

/**
 * What a source is asked for.
 *
 * @param key the chain
 * @param generation the generation it has now; 0 before the first token
 * @param refreshToken the refresh token it holds, opened; empty if there is none
 * @param scopes the scopes granted so far, space separated; empty if unknown
 * @param deadline how long the call may take, body included; the thread is interrupted after it
 */
public record FetchRequest(
    ChainKey key,
    long generation,
    Optional<Secret> refreshToken,
    String scopes,
    Duration deadline) {}
