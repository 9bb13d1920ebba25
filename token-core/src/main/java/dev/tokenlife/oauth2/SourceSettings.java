package dev.tokenlife.oauth2;

import dev.tokenlife.model.Secret;
import dev.tokenlife.time.TimeSource;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How a source calls its endpoints. Changed only while it is copied, by {@link #with}; after that
 * as good as immutable, since it is published through a final field.
 */
final class SourceSettings {
  /** One more parameter of the form; {@code secret} ones are redacted. */
  record Parameter(String name, Supplier<Secret> value, boolean secret) {
    void write(TokenForm form) {
      if (secret) {
        form.add(name, value.get());
      } else {
        form.add(name, value.get().reveal());
      }
    }
  }

  /** Section 3.2: a parameter must not be there twice. */
  private static final Set<String> OWN =
      Set.of(
          "grant_type",
          "client_id",
          "client_secret",
          "client_assertion",
          "client_assertion_type",
          "refresh_token",
          "code",
          "code_verifier",
          "redirect_uri",
          "subject_token",
          "actor_token",
          "scope",
          "audience");

  final Endpoint endpoint;
  ClientAuthentication authentication;
  List<Parameter> parameters = List.of();
  @Nullable Endpoint revocation;
  boolean singleUse;
  Duration resendGrace = Duration.ZERO;
  boolean plainOnLoopback;
  int maxResponseBytes = 256 * 1024;
  Duration defaultLifetime = Duration.ofMinutes(10);
  TimeSource time = TimeSource.system();
  private @Nullable HttpClient client;

  SourceSettings(Endpoint endpoint, ClientAuthentication authentication) {
    this.endpoint = endpoint;
    this.authentication = authentication;
  }

  private SourceSettings(SourceSettings from) {
    this(from.endpoint, from.authentication);
    parameters = from.parameters;
    revocation = from.revocation;
    singleUse = from.singleUse;
    resendGrace = from.resendGrace;
    plainOnLoopback = from.plainOnLoopback;
    maxResponseBytes = from.maxResponseBytes;
    defaultLifetime = from.defaultLifetime;
    time = from.time;
    client = from.client;
  }

  SourceSettings with(Consumer<SourceSettings> change) {
    SourceSettings copy = new SourceSettings(this);
    change.accept(copy);
    return copy;
  }

  /** The caller's client, else the shared one. */
  HttpClient client() {
    return client == null ? SharedHttpClient.get() : client;
  }

  /**
   * A redirect would carry the form, or the {@code Authorization} header, to another place than the
   * one that was configured.
   */
  void use(HttpClient next) {
    if (next.followRedirects() != HttpClient.Redirect.NEVER) {
      throw new IllegalArgumentException(
          "the HttpClient follows redirects and would show the client's secrets to others: build it"
              + " with followRedirects(Redirect.NEVER), which is the default");
    }
    client = next;
  }

  /** Puts these in the place of all parameters of that name. */
  void replace(String name, List<String> values) {
    List<Parameter> next = new ArrayList<>(parameters);
    next.removeIf(parameter -> parameter.name().equals(name));
    values.forEach(value -> next.add(new Parameter(name, () -> Secret.of(value), false)));
    parameters = List.copyOf(next);
  }

  /** Adds one; refuses what the source itself writes. */
  void add(Parameter parameter) {
    if (OWN.contains(parameter.name())) {
      throw new IllegalArgumentException(
          "'" + parameter.name() + "' is not a parameter to add: the source writes it by itself");
    }
    List<Parameter> next = new ArrayList<>(parameters);
    next.add(parameter);
    parameters = List.copyOf(next);
  }
}
