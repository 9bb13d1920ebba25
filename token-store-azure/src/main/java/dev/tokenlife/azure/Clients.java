package dev.tokenlife.azure;

import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.RetryOptions;
import com.azure.data.tables.TableServiceClient;
import com.azure.data.tables.TableServiceClientBuilder;
import java.time.Duration;

/** Builds the SDK's client: the JDK's HTTP client below, no retries, our policy at the wire. */
final class Clients {
  private Clients() {}

  static TableServiceClient build(AzureTokenStoreBuilder settings) {
    HttpClient http =
        new JdkHttpClientBuilder()
            .connectionTimeout(settings.connectTimeout)
            .responseTimeout(settings.responseTimeout)
            .readTimeout(settings.responseTimeout)
            .writeTimeout(settings.responseTimeout)
            .build();
    TableServiceClientBuilder client =
        new TableServiceClientBuilder()
            .httpClient(http)
            .retryOptions(new RetryOptions(new FixedDelayOptions(0, Duration.ofMillis(1))))
            .addPolicy(new WirePolicy());
    settings.policies.forEach(client::addPolicy);
    if (settings.connectionString != null) {
      client.connectionString(settings.connectionString);
    }
    if (settings.endpoint != null) {
      client.endpoint(settings.endpoint);
    }
    if (settings.sas != null) {
      client.sasToken(settings.sas.startsWith("?") ? settings.sas.substring(1) : settings.sas);
    }
    if (settings.credential != null) {
      client.credential(settings.credential);
    }
    return client.buildClient();
  }
}
