package dev.tokenlife.oauth2;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.Secret;
import dev.tokenlife.spi.FetchRequest;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A token in exchange for another one (RFC 8693): whose token it is, and who acts for them.
 * Immutable. The functions are asked for each request, on the thread that sends it; one that throws
 * makes the call fail as {@link dev.tokenlife.model.FailureKind#TRANSIENT} without anything being
 * sent.
 */
public final class TokenExchange {
  /** An OAuth 2.0 access token (RFC 8693 section 3). */
  public static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";

  /** An ID token of OpenID Connect. */
  public static final String ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token";

  /** Any JSON Web Token. */
  public static final String JWT = "urn:ietf:params:oauth:token-type:jwt";

  private record Party(String name, String type, Function<ChainKey, Secret> token) {}

  private final Party subject;
  private final @Nullable Party actor;
  private final @Nullable String requestedType;

  private TokenExchange(Party subject, @Nullable Party actor, @Nullable String requestedType) {
    this.subject = subject;
    this.actor = actor;
    this.requestedType = requestedType;
  }

  /** Exchanges the token of the person or service that the new one speaks for. */
  public static TokenExchange of(String subjectType, Function<ChainKey, Secret> subjectToken) {
    return new TokenExchange(new Party("subject", subjectType, subjectToken), null, null);
  }

  /** Adds the token of the service that acts for the subject (section 1.1: delegation). */
  public TokenExchange actor(String actorType, Function<ChainKey, Secret> actorToken) {
    return new TokenExchange(subject, new Party("actor", actorType, actorToken), requestedType);
  }

  /** Asks for a type of token; if nothing is said the server chooses. */
  public TokenExchange requestedType(String type) {
    return new TokenExchange(subject, actor, type);
  }

  void write(TokenForm form, FetchRequest request) {
    form.add("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange");
    write(form, subject, request.key());
    if (actor != null) {
      write(form, actor, request.key());
    }
    if (requestedType != null) {
      form.add("requested_token_type", requestedType);
    }
  }

  private static void write(TokenForm form, Party party, ChainKey key) {
    form.add(party.name + "_token", party.token.apply(key))
        .add(party.name + "_token_type", party.type);
  }

  @Override
  public String toString() {
    return "TokenExchange[" + subject.type + "]";
  }
}
