package dev.tokenlife.examples.cluster.node;

import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Mono;

/**
 * Counts the requests that coordination costs: those to the lease table, on the wire. Such counts
 * are part of those of {@code AzureTokenStore.requests()}, which cannot tell tables apart.
 */
final class LeaseTraffic implements HttpPipelinePolicy {
  private final AtomicLong writes = new AtomicLong();
  private final AtomicLong pages = new AtomicLong();

  @Override
  public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
    count(context.getHttpRequest());
    return next.process();
  }

  @Override
  public HttpResponse processSync(
      HttpPipelineCallContext context, HttpPipelineNextSyncPolicy next) {
    count(context.getHttpRequest());
    return next.processSync();
  }

  long writes() {
    return writes.get();
  }

  long pages() {
    return pages.get();
  }

  private void count(HttpRequest request) {
    if (request.getUrl().getPath().contains("/Leases")) {
      (request.getHttpMethod() == HttpMethod.GET ? pages : writes).incrementAndGet();
    }
  }
}
