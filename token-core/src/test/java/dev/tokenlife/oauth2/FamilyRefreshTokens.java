package dev.tokenlife.oauth2;

import dev.tokenlife.Chains;
import dev.tokenlife.RefreshFamily;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.LiveToken;
import dev.tokenlife.model.RefreshResult;
import dev.tokenlife.model.TokenInspection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.server.authorization.InMemoryOAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenGenerator;

/**
 * Spring Authorization Server with a {@link RefreshFamily} in place of its own refresh-token
 * storage: what it keeps of an authorization holds a placeholder instead of the refresh token.
 * Looking a refresh token up consumes it and leaves the next one for the generator of the same
 * request.
 */
final class FamilyRefreshTokens
    implements OAuth2AuthorizationService, OAuth2TokenGenerator<OAuth2RefreshToken> {
  private final InMemoryOAuth2AuthorizationService others =
      new InMemoryOAuth2AuthorizationService();
  private final Map<ChainKey, String> authorizations = new ConcurrentHashMap<>();
  private static final ThreadLocal<@Nullable LiveToken> NEXT = new ThreadLocal<>();
  private final Chains chains;
  private final String partition;
  private final RefreshFamily families;

  FamilyRefreshTokens(Chains chains, String partition, String type) {
    this.chains = chains;
    this.partition = partition;
    this.families = RefreshFamily.of(chains, partition, type);
  }

  @Override
  public @Nullable OAuth2RefreshToken generate(OAuth2TokenContext context) {
    if (!OAuth2TokenType.REFRESH_TOKEN.equals(context.getTokenType())) {
      return null;
    }
    boolean refreshing =
        AuthorizationGrantType.REFRESH_TOKEN.equals(context.getAuthorizationGrantType());
    LiveToken token =
        refreshing ? NEXT.get() : families.issue(context.getRegisteredClient().getClientId());
    NEXT.remove();
    return token == null
        ? null
        : new OAuth2RefreshToken(token.token().reveal(), token.issuedAt(), token.expiresAt());
  }

  @Override
  public void save(OAuth2Authorization authorization) {
    OAuth2Authorization.Token<OAuth2RefreshToken> refresh = authorization.getRefreshToken();
    if (refresh == null) {
      others.save(authorization);
      return;
    }
    String text = refresh.getToken().getTokenValue();
    if (refresh.isInvalidated()) {
      families.revoke(text);
    }
    inspect(text)
        .ifPresent(found -> authorizations.put(found.chain().key(), authorization.getId()));
    others.save(
        OAuth2Authorization.from(authorization)
            .refreshToken(new OAuth2RefreshToken("of " + authorization.getId(), null))
            .build());
  }

  @Override
  public void remove(OAuth2Authorization authorization) {
    others.remove(authorization);
  }

  @Override
  public @Nullable OAuth2Authorization findById(String id) {
    return others.findById(id);
  }

  @Override
  public @Nullable OAuth2Authorization findByToken(String token, @Nullable OAuth2TokenType type) {
    if (OAuth2TokenType.REFRESH_TOKEN.equals(type)) {
      return refresh(token);
    }
    OAuth2Authorization found = others.findByToken(token, type);
    if (found != null || type != null) {
      return found;
    }
    return inspect(token)
        .map(inspection -> withToken(token, inspection.chain().key()))
        .orElse(null);
  }

  private @Nullable OAuth2Authorization refresh(String token) {
    String client = SecurityContextHolder.getContext().getAuthentication().getName();
    if (!(families.refresh(token, client) instanceof RefreshResult.Refreshed refreshed)) {
      return null;
    }
    NEXT.set(refreshed.token());
    return withToken(token, refreshed.token().chain());
  }

  private @Nullable OAuth2Authorization withToken(String token, ChainKey family) {
    String id = authorizations.get(family);
    OAuth2Authorization kept = id == null ? null : others.findById(id);
    Optional<TokenInspection> inspected = inspect(token);
    if (kept == null || inspected.isEmpty()) {
      return null;
    }
    TokenInspection inspection = inspected.get();
    return OAuth2Authorization.from(kept)
        .refreshToken(new OAuth2RefreshToken(token, inspection.issuedAt(), inspection.expiresAt()))
        .build();
  }

  private Optional<TokenInspection> inspect(String token) {
    return chains.inspect(partition, token);
  }
}
