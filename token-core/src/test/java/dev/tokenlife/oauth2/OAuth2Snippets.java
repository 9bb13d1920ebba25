package dev.tokenlife.oauth2;

import dev.tokenlife.Tokens;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.Secret;
import dev.tokenlife.spi.FetchedToken;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.List;

/** The code of docs/oauth2.md, so that it compiles. */
final class OAuth2Snippets {
  interface Vault {
    Secret read(String name);
  }

  interface Sessions {
    Secret tokenOf(String id);
  }

  interface Keys {
    PrivateKey current();
  }

  private OAuth2Snippets() {}

  static List<OAuth2Source> sources(Vault vault, Sessions sessions, Keys keys) {
    OAuth2Source bank =
        OAuth2Source.clientCredentials(
                URI.create("https://idp.example/oauth2/token"), "payments", () -> vault.read("idp"))
            .scope("payments");
    OAuth2Source music =
        OAuth2Source.refreshToken(
                URI.create("https://accounts.example/token"), "mixtape", () -> vault.read("music"))
            .revocationEndpoint(URI.create("https://accounts.example/revoke"))
            .singleUse()
            .resendGrace(Duration.ofSeconds(20));
    OAuth2Source onBehalf =
        OAuth2Source.tokenExchange(
                URI.create("https://idp.example/oauth2/token"),
                "orders",
                ClientAuthentication.basic(() -> vault.read("idp")),
                TokenExchange.of(TokenExchange.ACCESS_TOKEN, key -> sessions.tokenOf(key.id())))
            .audience("https://stock.example");
    OAuth2Source signed =
        OAuth2Source.clientCredentials(
            URI.create("https://idp.example/oauth2/token"),
            "payments",
            ClientAuthentication.privateKeyJwt(() -> new SigningKey("2026-01", keys.current())));
    return List.of(bank, music, onBehalf, signed);
  }

  static void signIn(
      Tokens tokens,
      OAuth2Source music,
      Secret code,
      URI callback,
      Secret codeVerifier,
      String signInId) {
    FetchedToken grant = music.exchangeCode(code, callback, codeVerifier);
    tokens.adopt(ChainKey.of("music", "ada"), signInId, grant);
  }

  static HttpResponse<String> pay(Tokens tokens, HttpClient client, HttpRequest request)
      throws IOException, InterruptedException {
    ChainKey key = ChainKey.of("bank");
    BearerAuth auth = BearerAuth.of(() -> tokens.get(key), token -> tokens.invalidate(key, token));
    HttpResponse<String> paid = auth.send(client, request, BodyHandlers.ofString());
    return paid;
  }
}
