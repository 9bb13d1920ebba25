package dev.tokenlife.oauth2;

import dev.tokenlife.model.AccessToken;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Sends requests with a token (RFC 6750 section 2.1). The token is read at the last moment before a
 * request is sent. If the answer is 401, the token is reported as rejected, and the request is sent
 * once more with the next one; the second answer is final. Immutable; safe for use by many threads.
 *
 * <pre>{@code
 * BearerAuth auth = BearerAuth.of(() -> tokens.get(key), token -> tokens.invalidate(key, token));
 * HttpResponse<String> answer = auth.send(client, request, BodyHandlers.ofString());
 * }</pre>
 *
 * <p>A request is sent again only if its body can be: by default if it has none, or one of a known
 * length, which is what strings, byte arrays and files have and streams do not. What the token's
 * supplier throws goes to the caller as it is; the first answer is then gone.
 */
public final class BearerAuth {
  private static final String HEADER = "Authorization";
  private static final int UNAUTHORIZED = 401;

  private final Supplier<AccessToken> get;
  private final Consumer<AccessToken> invalidate;
  private final Predicate<HttpRequest> repeatable;

  private BearerAuth(
      Supplier<AccessToken> get,
      Consumer<AccessToken> invalidate,
      Predicate<HttpRequest> repeatable) {
    this.get = get;
    this.invalidate = invalidate;
    this.repeatable = repeatable;
  }

  /**
   * Takes tokens from one chain.
   *
   * @param get returns a usable token; may block
   * @param invalidate is told which token was rejected; may block
   */
  public static BearerAuth of(Supplier<AccessToken> get, Consumer<AccessToken> invalidate) {
    return new BearerAuth(get, invalidate, BearerAuth::hasKnownLength);
  }

  /** Decides in another way which requests may be sent a second time. */
  public BearerAuth repeatIf(Predicate<HttpRequest> mayBeRepeated) {
    return new BearerAuth(get, invalidate, mayBeRepeated);
  }

  /**
   * Sends a request; blocks for the token, if there is none, and for the answer.
   *
   * @throws IOException as {@link HttpClient#send} does
   * @throws InterruptedException as {@link HttpClient#send} does
   */
  public <T> HttpResponse<T> send(HttpClient client, HttpRequest request, BodyHandler<T> handler)
      throws IOException, InterruptedException {
    AccessToken token = get.get();
    boolean again = repeatable.test(request);
    HttpResponse<T> answer = client.send(with(token, request), again ? first(handler) : handler);
    reportIfRejected(answer, token);
    return again && answer.statusCode() == UNAUTHORIZED
        ? client.send(with(get.get(), request), handler)
        : answer;
  }

  /**
   * Sends a request without blocking the caller. Cancelling the future does not end the exchange.
   *
   * @param executor where the token is read and a rejected one reported, both of which may block
   * @return completes as {@link HttpClient#sendAsync} does, or with what the token's supplier threw
   */
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpClient client, HttpRequest request, BodyHandler<T> handler, Executor executor) {
    boolean again = repeatable.test(request);
    BodyHandler<T> firstHandler = again ? first(handler) : handler;
    return CompletableFuture.supplyAsync(get, executor)
        .thenCompose(
            token ->
                client
                    .sendAsync(with(token, request), firstHandler)
                    .thenApplyAsync(answer -> reportIfRejected(answer, token), executor))
        .thenComposeAsync(
            answer ->
                again && answer.statusCode() == UNAUTHORIZED
                    ? client.sendAsync(with(get.get(), request), handler)
                    : CompletableFuture.completedFuture(answer),
            executor);
  }

  private <T> HttpResponse<T> reportIfRejected(HttpResponse<T> answer, AccessToken token) {
    if (answer.statusCode() == UNAUTHORIZED) {
      invalidate.accept(token);
    }
    return answer;
  }

  /** Throws the body of a 401 away: nobody will see it, and an unread one keeps its connection. */
  private static <T> BodyHandler<T> first(BodyHandler<T> handler) {
    return info ->
        info.statusCode() == UNAUTHORIZED ? BodySubscribers.replacing(null) : handler.apply(info);
  }

  private static HttpRequest with(AccessToken token, HttpRequest request) {
    return HttpRequest.newBuilder(request, (name, value) -> !name.equalsIgnoreCase(HEADER))
        .setHeader(HEADER, token.bearer())
        .build();
  }

  private static boolean hasKnownLength(HttpRequest request) {
    return request.bodyPublisher().map(body -> body.contentLength() >= 0).orElse(true);
  }
}
