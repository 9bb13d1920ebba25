/**
 * OAuth 2.0 as a source of tokens (RFC 6749, RFC 8693, RFC 7523, RFC 7009), and the use of a token
 * in requests (RFC 6750).
 *
 * <p>{@link dev.tokenlife.oauth2.OAuth2Source} is called by the refresh path on the engine's
 * threads, one request per call; {@link dev.tokenlife.oauth2.BearerAuth} is called by applications
 * on their own threads. Nothing here keeps state between calls, except the pool of connections of
 * the {@link java.net.http.HttpClient}.
 */
@NullMarked
package dev.tokenlife.oauth2;

import org.jspecify.annotations.NullMarked;
