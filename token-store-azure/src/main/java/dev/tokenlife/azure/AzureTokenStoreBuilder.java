package dev.tokenlife.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.data.tables.TableServiceClient;
import dev.tokenlife.time.TimeSource;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Describes an {@link AzureTokenStore}. Exactly one way to reach the service is needed; everything
 * else has a default. Not thread-safe.
 */
public final class AzureTokenStoreBuilder {
  @Nullable String connectionString;
  @Nullable String endpoint;
  @Nullable String sas;
  @Nullable TokenCredential credential;
  @Nullable TableServiceClient service;
  String tablePrefix = "";
  Duration deadline = Duration.ofSeconds(10);
  Duration connectTimeout = Duration.ofSeconds(2);
  Duration responseTimeout = Duration.ofSeconds(5);
  Duration retention = Duration.ofDays(7);
  Duration hintGrace = Duration.ofMinutes(10);
  TimeSource time = TimeSource.system();
  boolean tokensView;
  boolean olderRows = true;
  final Map<String, Integer> spread = new HashMap<>();
  final List<HttpPipelinePolicy> policies = new ArrayList<>();
  private int ways;

  AzureTokenStoreBuilder() {}

  /** Reaches the account by its connection string: key or SAS, Azure or the emulator. */
  public AzureTokenStoreBuilder connectionString(String text) {
    connectionString = text;
    ways++;
    return this;
  }

  /**
   * Reaches the account by a shared access signature.
   *
   * @param tableEndpoint such as {@code https://account.table.core.windows.net}
   * @param signature the query string of the signature
   */
  public AzureTokenStoreBuilder sas(String tableEndpoint, String signature) {
    endpoint = tableEndpoint;
    sas = signature;
    ways++;
    return this;
  }

  /**
   * Reaches the account by an identity of Entra ID, which needs the role Storage Table Data
   * Contributor. Over https only.
   *
   * @param tableEndpoint such as {@code https://account.table.core.windows.net}
   */
  public AzureTokenStoreBuilder credential(String tableEndpoint, TokenCredential identity) {
    if (!"https".equals(URI.create(tableEndpoint).getScheme())) {
      throw new IllegalArgumentException(
          "an identity is only accepted over https, got the endpoint " + tableEndpoint);
    }
    endpoint = tableEndpoint;
    credential = identity;
    ways++;
    return this;
  }

  /**
   * Uses a client that exists already. Its own retries and timeouts stay in force below ours, so
   * switch its retries off; a batch costs one read more, because such a client hides the ETags.
   */
  public AzureTokenStoreBuilder client(TableServiceClient existing) {
    service = existing;
    ways++;
    return this;
  }

  /** Puts a word before every table name: letters and digits. Default: none. */
  public AzureTokenStoreBuilder tablePrefix(String prefix) {
    tablePrefix = prefix;
    return this;
  }

  /** Bounds every call of the store, with all its tries and pauses. Default: 10 s. */
  public AzureTokenStoreBuilder deadline(Duration most) {
    deadline = positive(most, "deadline");
    return this;
  }

  /** Bounds the wait for a connection. Default: 2 s. */
  public AzureTokenStoreBuilder connectTimeout(Duration most) {
    connectTimeout = positive(most, "connectTimeout");
    return this;
  }

  /** Bounds the wait for one answer; at least half of it is kept for reading back. Default: 5 s. */
  public AzureTokenStoreBuilder responseTimeout(Duration most) {
    responseTimeout = positive(most, "responseTimeout");
    return this;
  }

  /** Says how long chains that are over are kept for {@code cleanUp}. Default: 7 days. */
  public AzureTokenStoreBuilder retention(Duration kept) {
    retention = positive(kept, "retention");
    return this;
  }

  /**
   * Says how old an overdue hint without a matching chain must be before a listing drops it; longer
   * than any write takes. Default: 10 min.
   */
  public AzureTokenStoreBuilder hintGrace(Duration grace) {
    hintGrace = positive(grace, "hintGrace");
    return this;
  }

  /**
   * Spreads a large partition over slices, so that no partition of the service is a hot spot. Rows
   * that must change together stay together per chain; companions that concern the whole partition,
   * such as held-before markers, then count per slice. Declared once, before the first row.
   *
   * @param slices 2 to 200; 64 is plenty for a million grants
   */
  public AzureTokenStoreBuilder spread(String partition, int slices) {
    if (slices < 2 || slices > 200) {
      throw new IllegalArgumentException(
          "a partition is spread over 2 to 200 slices, got " + slices + " for " + partition);
    }
    spread.put(partition, slices);
    return this;
  }

  /** Keeps the table {@code Tokens} for people: two requests more per write. Default: off. */
  public AzureTokenStoreBuilder tokensView(boolean on) {
    tokensView = on;
    return this;
  }

  /** Looks for rows of an older application when a chain is not found. Default: on. */
  public AzureTokenStoreBuilder olderRows(boolean on) {
    olderRows = on;
    return this;
  }

  /** Adds a policy that sees every request, for tracing and tests; not with {@link #client}. */
  public AzureTokenStoreBuilder addPolicy(HttpPipelinePolicy policy) {
    policies.add(policy);
    return this;
  }

  /** Takes time from elsewhere. Default: this machine's. */
  public AzureTokenStoreBuilder time(TimeSource source) {
    time = source;
    return this;
  }

  /**
   * Returns the store. Sends nothing; call {@link AzureTokenStore#initialize()} next.
   *
   * @throws IllegalStateException if there is not exactly one way to reach the service
   */
  public AzureTokenStore build() {
    if (ways != 1) {
      throw new IllegalStateException(
          "say once how to reach the service: connectionString, sas, credential or client; got "
              + ways);
    }
    if (service != null && !policies.isEmpty()) {
      throw new IllegalStateException("add policies to the client that was given");
    }
    return new AzureTokenStore(
        this, Objects.requireNonNullElseGet(service, () -> Clients.build(this)));
  }

  private static Duration positive(Duration value, String name) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(name + " must be positive, got " + value);
    }
    return value;
  }
}
