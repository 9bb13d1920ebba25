package dev.tokenlife;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainView;
import dev.tokenlife.model.HandOverResult;
import dev.tokenlife.model.LiveToken;
import dev.tokenlife.model.OpenRequest;
import dev.tokenlife.model.OpenResult;
import dev.tokenlife.model.Presenter;
import dev.tokenlife.model.RefreshResult;
import dev.tokenlife.model.TokenInspection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Refresh-token families for services that are authorization servers themselves: each use rotates
 * the token, a lost answer is repeated for a short while, a proven second use ends the family (RFC
 * 9700 section 4.14.2), and the family ends after idle and absolute limits.
 *
 * <p>A view on {@link Chains} for one type whose rules are {@link
 * dev.tokenlife.model.ChainPolicy#family}; every call is decided by one compare-and-set. Safe for
 * use by many threads.
 */
public final class RefreshFamily {
  private final Chains chains;
  private final String partition;
  private final String type;

  private RefreshFamily(Chains chains, String partition, String type) {
    this.chains = chains;
    this.partition = partition;
    this.type = type;
  }

  /** Families of this type, kept in this partition. */
  public static RefreshFamily of(Chains chains, String partition, String type) {
    return new RefreshFamily(chains, partition, type);
  }

  /**
   * Starts a family and returns its first refresh token, which is shown only here.
   *
   * @param client who must present it
   */
  public LiveToken issue(String client) {
    return issue(OpenRequest.of(partition, type, client));
  }

  /** {@link #issue(String)}, bound to the client's key (RFC 9449 section 8, RFC 8705 section 7). */
  public LiveToken issue(String client, String keyThumbprint) {
    return issue(OpenRequest.of(partition, type, client).boundTo(keyThumbprint));
  }

  /** Takes a refresh token and returns the next one. */
  public RefreshResult refresh(@Nullable String token, String client) {
    return refresh(token, Presenter.of(client));
  }

  /** {@link #refresh(String, String)} with a request id or a proved key. */
  public RefreshResult refresh(@Nullable String token, Presenter client) {
    HandOverResult result = chains.handOver(partition, token, client);
    if (result instanceof HandOverResult.Accepted accepted) {
      return new RefreshResult.Refreshed(accepted.token(), accepted.repeat());
    }
    return new RefreshResult.Refused(((HandOverResult.Refused) result).refusal());
  }

  /**
   * Describes a refresh token in the shape of RFC 7662 section 2.2: {@code active} alone if it is
   * not good, else with {@code client_id}, {@code sub}, {@code iat} and {@code exp} in Unix
   * seconds.
   */
  public Map<String, Object> introspect(@Nullable String token) {
    Map<String, Object> answer = new LinkedHashMap<>();
    Optional<TokenInspection> found =
        chains.inspect(partition, token).filter(TokenInspection::active);
    answer.put("active", found.isPresent());
    found.ifPresent(
        inspection -> {
          String holder = inspection.chain().holder().orElse("");
          answer.put("token_type", "refresh_token");
          answer.put("client_id", holder);
          answer.put("sub", holder);
          answer.put("iat", inspection.issuedAt().getEpochSecond());
          answer.put("exp", inspection.expiresAt().getEpochSecond());
        });
    return answer;
  }

  /**
   * Ends the family of a token (RFC 7009). A token that is unknown, old or garbage is success too:
   * the client cannot do anything about it.
   */
  public void revoke(@Nullable String token) {
    chains
        .inspect(partition, token)
        .map(TokenInspection::chain)
        .map(ChainView::key)
        .ifPresent(key -> chains.revoke(key, "revoked by its client"));
  }

  /** Ends a family by its key. */
  public void revoke(ChainKey family) {
    chains.revoke(family, "revoked");
  }

  private LiveToken issue(OpenRequest request) {
    if (chains.open(request) instanceof OpenResult.Opened opened && opened.token().isPresent()) {
      return opened.token().get();
    }
    throw new IllegalStateException("a family with a random id could not be opened");
  }
}
