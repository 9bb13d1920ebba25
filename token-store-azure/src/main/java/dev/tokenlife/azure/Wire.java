package dev.tokenlife.azure;

import com.azure.core.util.Context;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@link WirePolicy} saw of one request; the SDK hides some of it. Used by one thread. */
final class Wire {
  private static final String KEY = "dev.tokenlife.azure.wire";

  /** Understood by the HTTP clients of azure-core: the one way to bound a page of a query. */
  private static final String RESPONSE_TIMEOUT = "azure-response-timeout";

  private final boolean conditional;

  /** The ETags of a batch in its order, null for deletions. */
  private List<@Nullable String> etags = List.of();

  private @Nullable String date;

  Wire(boolean conditional) {
    this.conditional = conditional;
  }

  static @Nullable Wire of(Context context) {
    return context.getData(KEY).orElse(null) instanceof Wire wire ? wire : null;
  }

  Context context(Duration wait) {
    return new Context(KEY, this).addData(RESPONSE_TIMEOUT, wait);
  }

  /** Returns whether the request may only go out with an If-Match header. */
  boolean conditional() {
    return conditional;
  }

  List<@Nullable String> etags() {
    return etags;
  }

  void etags(List<@Nullable String> seen) {
    etags = seen;
  }

  /** Returns the service's clock, as it states it. */
  @Nullable String date() {
    return date;
  }

  void date(@Nullable String seen) {
    date = seen;
  }
}
