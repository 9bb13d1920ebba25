package dev.tokenlife.oauth2;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.Secret;
import dev.tokenlife.spi.FetchRequest;
import dev.tokenlife.spi.FetchedToken;
import dev.tokenlife.spi.TokenSource;
import dev.tokenlife.time.TimeSource;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * An OAuth 2.0 authorization server as a source of tokens. Immutable; each method that sets
 * something returns a changed copy. Safe for use by many threads.
 *
 * <p>A call is one POST on the calling thread. It ends at its deadline, or when the thread is
 * interrupted, whatever has arrived by then; the thread stays interrupted. It is never repeated
 * here, and follows no redirect. Every failure is a {@link dev.tokenlife.spi.SourceException} whose
 * message names the endpoint and the client id, and no secret; docs/oauth2.md has the table of
 * kinds.
 *
 * <p>An answer without {@code refresh_token} or {@code scope} leaves what the chain has (RFC 6749
 * section 6); fields that are not known here are kept as the token's attributes. A lifetime of zero
 * or less is zero, one of more than a century is a century, and one that is absent or no number is
 * {@link #defaultLifetime}.
 */
public final class OAuth2Source implements TokenSource {
  private static final int LARGEST_LIMIT = 64 * 1024 * 1024;

  private final Grant grant;
  private final SourceSettings settings;

  private OAuth2Source(Grant grant, SourceSettings settings) {
    this.grant = grant;
    this.settings = settings;
  }

  private static OAuth2Source of(
      Grant grant, URI tokenUri, String clientId, ClientAuthentication authentication) {
    return new OAuth2Source(
        grant, new SourceSettings(new Endpoint(tokenUri, clientId), authentication));
  }

  /**
   * Tokens for the client itself (RFC 6749 section 4.4), which shows its secret in the {@code
   * Authorization} header.
   *
   * @param clientSecret asked for each request, so that a rotated secret needs no restart
   * @throws IllegalArgumentException if the address is neither https nor http on this machine
   */
  public static OAuth2Source clientCredentials(
      URI tokenUri, String clientId, Supplier<Secret> clientSecret) {
    return clientCredentials(tokenUri, clientId, ClientAuthentication.basic(clientSecret));
  }

  /** Tokens for the client itself, which says who it is in another way. */
  public static OAuth2Source clientCredentials(
      URI tokenUri, String clientId, ClientAuthentication authentication) {
    return of(new Grant.ClientCredentials(), tokenUri, clientId, authentication);
  }

  /**
   * Tokens by the refresh token that the chain holds (section 6); {@link #exchangeCode} gets the
   * first one. Say {@link #singleUse} if the server replaces refresh tokens when they are used.
   *
   * @param clientSecret asked for each request, so that a rotated secret needs no restart
   * @throws IllegalArgumentException if the address is neither https nor http on this machine
   */
  public static OAuth2Source refreshToken(
      URI tokenUri, String clientId, Supplier<Secret> clientSecret) {
    return refreshToken(tokenUri, clientId, ClientAuthentication.basic(clientSecret));
  }

  /** Tokens by refresh token for a client that says who it is in another way. */
  public static OAuth2Source refreshToken(
      URI tokenUri, String clientId, ClientAuthentication authentication) {
    return of(new Grant.RefreshToken(), tokenUri, clientId, authentication);
  }

  /**
   * Tokens in exchange for others (RFC 8693).
   *
   * @throws IllegalArgumentException if the address is neither https nor http on this machine
   */
  public static OAuth2Source tokenExchange(
      URI tokenUri, String clientId, ClientAuthentication authentication, TokenExchange exchange) {
    return of(new Grant.Exchange(exchange), tokenUri, clientId, authentication);
  }

  /** Asks for these scopes; without this the server chooses, or keeps what was granted. */
  public OAuth2Source scope(String... scopes) {
    return with(s -> s.replace("scope", List.of(String.join(" ", scopes))));
  }

  /** Says whom the token is for (RFC 8693 section 2.1, and servers that know it elsewhere). */
  public OAuth2Source audience(String... audiences) {
    return with(s -> s.replace("audience", List.of(audiences)));
  }

  /**
   * Adds a parameter that is no secret to each request, such as {@code resource} (RFC 8707).
   *
   * @throws IllegalArgumentException if the source writes a parameter of that name itself
   */
  public OAuth2Source parameter(String name, String value) {
    return with(s -> s.add(new SourceSettings.Parameter(name, () -> Secret.of(value), false)));
  }

  /** Adds a parameter that must not be seen, asked for each request. */
  public OAuth2Source parameter(String name, Supplier<Secret> value) {
    return with(s -> s.add(new SourceSettings.Parameter(name, value, true)));
  }

  /** Has the client say who it is in this way. */
  public OAuth2Source clientAuthentication(ClientAuthentication authentication) {
    return with(s -> s.authentication = authentication);
  }

  /**
   * Sends through this client, which stays the caller's to close; without it, all sources share
   * one. The deadline of a call holds whatever timeouts the client has.
   *
   * @throws IllegalArgumentException if it follows redirects
   */
  public OAuth2Source httpClient(HttpClient client) {
    return with(s -> s.use(client));
  }

  /**
   * Says that a success uses the refresh token up (RFC 9700 section 4.14.2). A lost answer is then
   * {@link dev.tokenlife.model.FailureKind#AMBIGUOUS}, and each call is announced in the chain's
   * row before it is made.
   */
  public OAuth2Source singleUse() {
    return with(s -> s.singleUse = true);
  }

  /** Says for how long the provider takes a refresh token again after its answer was lost. */
  public OAuth2Source resendGrace(Duration grace) {
    return with(s -> s.resendGrace = grace);
  }

  /** Allows http if the host is {@code localhost} or a loopback address, for tests. */
  public OAuth2Source allowHttpOnLoopback() {
    return with(s -> s.plainOnLoopback = true);
  }

  /** Refuses longer answers; 256 KiB if nothing is said. */
  public OAuth2Source maxResponseBytes(int bytes) {
    if (bytes < 1 || bytes > LARGEST_LIMIT) {
      throw new IllegalArgumentException("an answer is limited to 1 byte up to 64 MiB");
    }
    return with(s -> s.maxResponseBytes = bytes);
  }

  /** How long a token lives if the server does not say; 10 minutes if nothing is said here. */
  public OAuth2Source defaultLifetime(Duration lifetime) {
    return with(s -> s.defaultLifetime = lifetime);
  }

  /** Has refresh tokens of chains that are over taken back here (RFC 7009). */
  public OAuth2Source revocationEndpoint(URI uri) {
    Endpoint checked = new Endpoint(uri, settings.endpoint.clientId());
    return with(s -> s.revocation = checked);
  }

  /** Reads the time from here: deadlines, assertions, {@code Retry-After} dates. */
  public OAuth2Source time(TimeSource time) {
    return with(s -> s.time = time);
  }

  /** {@inheritDoc} */
  @Override
  public FetchedToken fetch(FetchRequest request) {
    return new TokenClient(settings).obtain(grant, request, settings.singleUse);
  }

  /**
   * Exchanges what the browser brought back for the first tokens (RFC 6749 section 4.1.3, RFC
   * 7636), within ten seconds. A code is good for one use: if the answer was lost ({@link
   * dev.tokenlife.model.FailureKind#AMBIGUOUS}), the person signs in again.
   *
   * @param redirectUri the same as in the authorization request
   * @param codeVerifier what the authorization request's challenge was made from
   * @throws dev.tokenlife.spi.SourceException if there is no token
   */
  public FetchedToken exchangeCode(Secret code, URI redirectUri, Secret codeVerifier) {
    FetchRequest request =
        new FetchRequest(ChainKey.of(upstream()), 0, Optional.empty(), "", TokenClient.DEADLINE);
    Grant authorizationCode = new Grant.AuthorizationCode(code, redirectUri, codeVerifier);
    return new TokenClient(settings).obtain(authorizationCode, request, true);
  }

  /** Returns the address of the token endpoint and the client id: what limits are counted for. */
  @Override
  public String upstream() {
    return settings.endpoint.upstream();
  }

  @Override
  public boolean exclusive() {
    return settings.singleUse;
  }

  @Override
  public Duration resendGrace() {
    return settings.resendGrace;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Within ten seconds; does nothing without a {@link #revocationEndpoint(URI)}.
   */
  @Override
  public void revoke(Secret refreshToken) {
    new TokenClient(settings).revoke(refreshToken);
  }

  @Override
  public String toString() {
    return "OAuth2Source[" + upstream() + "]";
  }

  private OAuth2Source with(Consumer<SourceSettings> change) {
    return new OAuth2Source(grant, settings.with(change));
  }
}
