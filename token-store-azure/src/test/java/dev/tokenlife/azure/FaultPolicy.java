package dev.tokenlife.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** Goes wrong on demand, between the client and the wire. Everything it saw can be asked for. */
final class FaultPolicy implements HttpPipelinePolicy {
  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private final List<String> seen = new CopyOnWriteArrayList<>();

  /** What happens to a request. */
  @FunctionalInterface
  interface Fault {
    HttpResponse apply(HttpRequest request, Supplier<HttpResponse> forward);
  }

  private record Rule(Predicate<HttpRequest> when, AtomicInteger times, Fault fault) {}

  /** Lets the next {@code times} matching requests go wrong; later rules wait for earlier ones. */
  FaultPolicy next(int times, Predicate<HttpRequest> when, Fault fault) {
    rules.add(new Rule(when, new AtomicInteger(times), fault));
    return this;
  }

  FaultPolicy always(Predicate<HttpRequest> when, Fault fault) {
    return next(Integer.MAX_VALUE, when, fault);
  }

  void clear() {
    rules.clear();
  }

  /** Returns method and path of every request since the last call. */
  List<String> seen() {
    List<String> all = List.copyOf(seen);
    seen.clear();
    return all;
  }

  @Override
  public HttpResponse processSync(
      HttpPipelineCallContext context, HttpPipelineNextSyncPolicy next) {
    HttpRequest request = context.getHttpRequest();
    seen.add(request.getHttpMethod() + " " + request.getUrl().getPath());
    for (Rule rule : rules) {
      if (rule.when().test(request) && rule.times().getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
        return rule.fault().apply(request, next::processSync);
      }
    }
    return next.processSync();
  }

  @Override
  public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
    return Mono.error(new AssertionError("only the synchronous client is used"));
  }

  static boolean isBatch(HttpRequest request) {
    return request.getUrl().getPath().endsWith("/$batch");
  }

  /** A single insert. */
  static boolean isInsert(HttpRequest request) {
    return request.getHttpMethod() == HttpMethod.POST && !isBatch(request);
  }

  static boolean isReplace(HttpRequest request) {
    return request.getHttpMethod() == HttpMethod.PUT
        && request.getHeaders().getValue(HttpHeaderName.IF_MATCH) != null;
  }

  static boolean isWrite(HttpRequest request) {
    return isInsert(request) || isBatch(request) || isReplace(request);
  }

  static boolean isRead(HttpRequest request) {
    return request.getHttpMethod() == HttpMethod.GET;
  }

  static boolean isQuery(HttpRequest request) {
    return isRead(request) && request.getUrl().getPath().endsWith("()");
  }

  static boolean isChain(HttpRequest request) {
    return request.getUrl().getPath().contains("Chains");
  }

  static boolean any(HttpRequest request) {
    return true;
  }

  /** The service does as asked, and its answer is lost. */
  static Fault dropResponse() {
    return after(() -> {});
  }

  /** The same, and something else happens before anybody notices. */
  static Fault after(Runnable meanwhile) {
    return (request, forward) -> {
      forward.get().close();
      meanwhile.run();
      throw new UncheckedIOException(new IOException("the answer was lost"));
    };
  }

  /** The request does not reach the service. */
  static Fault dropRequest() {
    return (request, forward) -> {
      throw new UncheckedIOException(new IOException("the request was lost"));
    };
  }

  /** Something else answers, and the service hears nothing. */
  static Fault answer(int status, Map<String, String> headers, String body) {
    return (request, forward) -> response(request, status, headers, body);
  }

  /** The service does as asked, and something else answers. */
  static Fault doAndAnswer(int status, Map<String, String> headers, String body) {
    return (request, forward) -> {
      forward.get().close();
      return response(request, status, headers, body);
    };
  }

  static Fault answer(int status) {
    return answer(status, Map.of(), "");
  }

  static HttpResponse response(
      HttpRequest request, int status, Map<String, String> headers, String body) {
    HttpHeaders all = new HttpHeaders();
    headers.forEach((name, value) -> all.set(HttpHeaderName.fromString(name), value));
    return new FakeResponse(request, status, all, body);
  }

  /** An error as the service writes it. */
  static Fault error(int status, String code) {
    return answer(
        status,
        Map.of("Content-Type", "application/json"),
        "{\"odata.error\":{\"code\":\""
            + code
            + "\",\"message\":{\"lang\":\"en-US\",\"value\":\"said by the test\"}}}");
  }
}
