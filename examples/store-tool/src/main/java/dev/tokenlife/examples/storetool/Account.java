package dev.tokenlife.examples.storetool;

import com.azure.identity.DefaultAzureCredentialBuilder;
import dev.tokenlife.azure.AzureTokenStore;
import dev.tokenlife.azure.AzureTokenStoreBuilder;
import dev.tokenlife.backup.PlainTables;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;

/**
 * The account that the environment names.
 *
 * @param store the library's tables in it
 * @param prefix what their names begin with
 * @param appTables the application's tables beside them
 * @param place the account and the prefix, for people; no secret
 */
record Account(AzureTokenStore store, String prefix, List<String> appTables, String place)
    implements AutoCloseable {
  /** Describes the account; sends nothing. */
  static Account open(Settings settings) {
    AzureTokenStoreBuilder builder = AzureTokenStore.builder().tablePrefix(settings.prefix());
    List<String> appTables = settings.appTables();
    Optional<String> connection = settings.connectionString();
    if (connection.isEmpty()) {
      String endpoint = settings.endpoint();
      builder.credential(endpoint, new DefaultAzureCredentialBuilder().build());
      return new Account(builder.build(), settings.prefix(), appTables, endpoint);
    }
    try {
      builder.connectionString(connection.get());
      return new Account(
          builder.build(), settings.prefix(), appTables, accountName(connection.get()));
    } catch (RuntimeException notOne) {
      // The message of the SDK may quote the key.
      throw new UsageException(
          Settings.CONNECTION
              + " is no connection string: it has AccountName=..., AccountKey=... and perhaps"
              + " TableEndpoint=..., separated by semicolons");
    }
  }

  /** Returns the application's tables that are there. */
  List<String> presentAppTables() {
    NavigableSet<String> there = tables().names();
    return appTables.stream().filter(there::contains).toList();
  }

  PlainTables tables() {
    return store.plainTables();
  }

  @Override
  public void close() {
    store.close();
  }

  private static String accountName(String connection) {
    for (String part : connection.split(";", -1)) {
      if (part.startsWith("AccountName=")) {
        return part.substring("AccountName=".length());
      }
    }
    return "account";
  }
}
