package dev.tokenlife.azure;

import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.policy.HttpPipelineSyncPolicy;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Refuses to send a query that does not name a partition key, or a range of them with both ends: it
 * would read a whole table. Only backup and the plain tables may do that, and say so.
 */
final class PartitionKeyGuard extends HttpPipelineSyncPolicy {
  private static final Set<Class<?>> SCANNING = Set.of(AzureContents.class, AzurePlainTables.class);
  private static final StackWalker STACK =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

  private static final Pattern FILTER = Pattern.compile("[?&](?:\\$|%24)filter=([^&]*)");
  private static final Pattern BOUNDED =
      Pattern.compile(
          "^PartitionKey eq '(?:[^']|'')+'( and .*)?$"
              + "|^PartitionKey ge '[^']+' and PartitionKey le '[^']+'( and .*)?$");

  @Override
  protected void beforeSendingRequest(HttpPipelineCallContext context) {
    String url = context.getHttpRequest().getUrl().toString();
    boolean query = context.getHttpRequest().getHttpMethod() == HttpMethod.GET && isQuery(url);
    if (query && !isBounded(url) && !isScanAllowed(url)) {
      throw new AssertionError("a query without a partition key: " + url);
    }
  }

  private static boolean isScanAllowed(String url) {
    return !FILTER.matcher(url).find()
        && STACK.walk(
            frames ->
                frames.map(StackWalker.StackFrame::getDeclaringClass).anyMatch(SCANNING::contains));
  }

  static boolean isBounded(String url) {
    Matcher filter = FILTER.matcher(url);
    if (!filter.find()) {
      return false;
    }
    String text = URLDecoder.decode(filter.group(1), StandardCharsets.UTF_8);
    return BOUNDED.matcher(text).matches() && !text.contains(" or ");
  }

  private static boolean isQuery(String url) {
    return url.replaceFirst("\\?.*", "").endsWith("()");
  }
}
