package dev.tokenlife.oauth2;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import dev.tokenlife.model.Secret;
import java.io.IOException;
import java.net.CookieManager;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.boot.web.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.boot.web.servlet.filter.OrderedCharacterEncodingFilter;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configurers.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.token.DelegatingOAuth2TokenGenerator;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/**
 * A real authorization server (Spring Authorization Server) in this JVM, on a free port of
 * 127.0.0.1, with one user {@code ada} whose password is {@code lovelace}.
 *
 * <p>Beans of the server can be added or replaced before it starts, for instance its {@code
 * OAuth2AuthorizationService} or its {@code DelegatingOAuth2TokenGenerator}:
 *
 * <pre>{@code
 * AuthorizationServer.start(
 *     clients, context -> context.registerBean(OAuth2AuthorizationService.class, () -> mine));
 * }</pre>
 */
public final class AuthorizationServer implements AutoCloseable {
  /** The user who signs in. */
  public static final String USER = "ada";

  private static final String PASSWORD = "lovelace";

  /** Held, or the level would be forgotten with the logger. */
  private static final Logger TOMCAT = Logger.getLogger("org.apache");

  private final AnnotationConfigServletWebServerApplicationContext context;

  private AuthorizationServer(AnnotationConfigServletWebServerApplicationContext context) {
    this.context = context;
  }

  /** Starts a server that knows these clients. */
  public static AuthorizationServer start(
      List<RegisteredClient> clients,
      ApplicationContextInitializer<GenericApplicationContext> beans) {
    TOMCAT.setLevel(Level.WARNING);
    var context = new AnnotationConfigServletWebServerApplicationContext();
    context.registerBean(
        RegisteredClientRepository.class, () -> new InMemoryRegisteredClientRepository(clients));
    beans.initialize(context);
    context.register(Settings.class);
    context.refresh();
    return new AuthorizationServer(context);
  }

  /** Starts a server that knows these clients, with everything else as it comes. */
  public static AuthorizationServer start(List<RegisteredClient> clients) {
    return start(clients, unchanged -> {});
  }

  /** Returns the address of an endpoint, such as {@code /oauth2/token}. */
  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + context.getWebServer().getPort() + path);
  }

  /** Returns the token endpoint. */
  public URI tokenUri() {
    return uri("/oauth2/token");
  }

  /** Returns a bean of the server. */
  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  /** Does what a browser does: signs in, asks for a code and reads it from the redirect. */
  public Secret authorize(String clientId, URI redirectUri, String scope, Pkce pkce)
      throws IOException, InterruptedException {
    HttpClient browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    HttpRequest login =
        HttpRequest.newBuilder(uri("/login"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("username=" + USER + "&password=" + PASSWORD))
            .build();
    browser.send(login, BodyHandlers.discarding());
    String query =
        "response_type=code&code_challenge_method=S256&code_challenge="
            + pkce.challenge()
            + "&client_id="
            + encode(clientId)
            + "&redirect_uri="
            + encode(redirectUri.toString())
            + "&scope="
            + encode(scope);
    HttpRequest authorize = HttpRequest.newBuilder(uri("/oauth2/authorize?" + query)).build();
    HttpResponse<String> answer = browser.send(authorize, BodyHandlers.ofString());
    String location = answer.headers().firstValue("Location").orElse("");
    if (!location.startsWith(redirectUri + "?code=")) {
      throw new IllegalStateException(
          "no code, but status " + answer.statusCode() + " and location " + location);
    }
    return Secret.of(location.substring(location.indexOf('=') + 1));
  }

  @Override
  public void close() {
    context.close();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** The server's beans; public members, because the container calls them. */
  @Configuration(proxyBeanMethods = false)
  @EnableWebSecurity
  static class Settings {
    @Bean
    TomcatServletWebServerFactory tomcat() {
      TomcatServletWebServerFactory tomcat = new TomcatServletWebServerFactory(0);
      tomcat.setAddress(InetAddress.getLoopbackAddress());
      // All is done by filters, and without any servlet Tomcat does not run them.
      tomcat.setRegisterDefaultServlet(true);
      return tomcat;
    }

    /** Forms are UTF-8 (RFC 6749 appendix B); Spring Boot brings this filter too. */
    @Bean
    OrderedCharacterEncodingFilter encoding() {
      OrderedCharacterEncodingFilter filter = new OrderedCharacterEncodingFilter();
      filter.setEncoding("UTF-8");
      return filter;
    }

    @Bean
    DelegatingFilterProxyRegistrationBean filters() {
      return new DelegatingFilterProxyRegistrationBean("springSecurityFilterChain");
    }

    @Bean
    @Order(1)
    SecurityFilterChain endpoints(
        HttpSecurity http, ObjectProvider<DelegatingOAuth2TokenGenerator> generators)
        throws Exception {
      var server = OAuth2AuthorizationServerConfigurer.authorizationServer();
      http.securityMatcher(server.getEndpointsMatcher())
          .with(server, configured -> generators.ifAvailable(configured::tokenGenerator))
          .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
          .csrf(csrf -> csrf.disable());
      return http.build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain pages(HttpSecurity http) throws Exception {
      http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
          .formLogin(Customizer.withDefaults())
          .csrf(csrf -> csrf.disable());
      return http.build();
    }

    @Bean
    UserDetailsService users() {
      return new InMemoryUserDetailsManager(
          User.withUsername(USER).password("{noop}" + PASSWORD).roles("USER").build());
    }

    @Bean
    AuthorizationServerSettings settings() {
      return AuthorizationServerSettings.builder().build();
    }

    @Bean
    JWKSource<SecurityContext> keys() throws GeneralSecurityException {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      KeyPair pair = generator.generateKeyPair();
      RSAKey key =
          new RSAKey.Builder((RSAPublicKey) pair.getPublic())
              .privateKey(pair.getPrivate())
              .keyID("server")
              .build();
      return new ImmutableJWKSet<>(new JWKSet(key));
    }
  }
}
