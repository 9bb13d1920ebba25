package dev.tokenlife.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelineSyncPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Sits next to the wire and repairs what the SDK gets wrong: it keeps the ETags of a batch, which
 * the SDK drops; turns an empty or cut body into a failure, which the SDK reads as "no rows"; and
 * stops a conditional write that lost its condition, which the service would take for an upsert.
 */
final class WirePolicy extends HttpPipelineSyncPolicy {
  private static final Pattern PART = Pattern.compile("(?m)^HTTP/1\\.1 (\\d{3})");
  private static final Pattern ETAG = Pattern.compile("(?im)^ETag:\\s*(\\S.*?)\\s*$");

  @Override
  protected void beforeSendingRequest(HttpPipelineCallContext context) {
    Wire wire = Wire.of(context.getContext());
    HttpRequest request = context.getHttpRequest();
    if (wire != null
        && wire.conditional()
        && request.getHttpMethod() != HttpMethod.POST
        && request.getHeaders().getValue(HttpHeaderName.IF_MATCH) == null) {
      throw new IllegalStateException("a conditional write lost its If-Match header");
    }
  }

  @Override
  protected HttpResponse afterReceivedResponse(
      HttpPipelineCallContext context, HttpResponse response) {
    Wire wire = Wire.of(context.getContext());
    if (wire == null) {
      return response;
    }
    wire.date(response.getHeaderValue(HttpHeaderName.DATE));
    String type = response.getHeaderValue(HttpHeaderName.CONTENT_TYPE);
    if (response.getStatusCode() == 202 && type != null && type.startsWith("multipart/")) {
      HttpResponse whole = response.buffer();
      wire.etags(etags(text(whole)));
      return whole;
    }
    if (response.getStatusCode() == 200
        && response.getRequest().getHttpMethod() == HttpMethod.GET) {
      HttpResponse whole = response.buffer();
      requireJson(text(whole));
      return whole;
    }
    return response;
  }

  /** Finds the ETag of each part; a part that has none is a deletion. */
  private static List<@Nullable String> etags(String body) {
    List<@Nullable String> etags = new ArrayList<>();
    Matcher part = PART.matcher(body);
    Matcher etag = ETAG.matcher(body);
    boolean more = part.find();
    while (more) {
      int from = part.end();
      more = part.find();
      int to = more ? part.start() : body.length();
      etags.add(etag.region(from, to).find() ? etag.group(1) : null);
    }
    return etags;
  }

  private static void requireJson(String body) {
    String text = body.strip();
    if (!text.startsWith("{") || !text.endsWith("}")) {
      throw new UncheckedIOException(
          new IOException(
              "answered 200 with " + (text.isEmpty() ? "an empty" : "a cut") + " body"));
    }
  }

  private static String text(HttpResponse response) {
    return new String(response.getBodyAsBinaryData().toBytes(), StandardCharsets.UTF_8);
  }
}
