package dev.tokenlife.examples.attendance;

import dev.tokenlife.azure.AzureTokenStore;
import dev.tokenlife.crypto.KeyRefusedException;
import dev.tokenlife.crypto.KeyRing;
import dev.tokenlife.examples.attendance.lesson.Session;
import dev.tokenlife.examples.attendance.records.AppStore;
import dev.tokenlife.examples.attendance.records.AppTable;
import dev.tokenlife.examples.attendance.records.AzureAppStore;
import dev.tokenlife.model.Secret;
import java.util.Map;
import java.util.Optional;

/**
 * Everything in Azure Table Storage: Sessions, Attendance and UserSessions are this application's,
 * Chains and Tokens the library's. Any number of processes may share them.
 */
final class AzureStores {
  static final String CONNECTION = "AZURE_STORAGE_CONNECTION_STRING";
  static final String KEYS = "TOKENLIFE_KEYS";

  private AzureStores() {}

  /**
   * Opens the tables that the environment names, and creates those that are missing.
   *
   * @throws IllegalArgumentException naming the variable that is missing or malformed, and what to
   *     set it to
   * @throws dev.tokenlife.spi.StoreException if the tables cannot be reached
   */
  static Stores open(Map<String, String> environment) {
    String connection =
        required(
            environment,
            CONNECTION,
            "start examples/attendance/emulator and set it to UseDevelopmentStorage=true, or to"
                + " the connection string of a storage account");
    KeyRing keys = keys(environment);
    AppStore records = records(connection);
    AzureTokenStore chains =
        AzureTokenStore.builder().connectionString(connection).tokensView(true).build();
    chains.initialize();
    takeOver(records, chains);
    return new Stores(chains, records, Optional.of(keys));
  }

  /** Sessions that an older application left going on: its chains are listed and closed too. */
  private static void takeOver(AppStore records, AzureTokenStore chains) {
    records.list(AppTable.SESSIONS, Session.PARTITION).stream()
        .map(stored -> Session.of(stored.row()))
        .filter(Session::isActive)
        .forEach(session -> chains.adoptOlderRows(session.id()));
  }

  private static AppStore records(String connection) {
    try {
      return AzureAppStore.open(connection, "");
    } catch (IllegalArgumentException malformed) {
      throw new IllegalArgumentException(CONNECTION + " is " + malformed.getMessage(), malformed);
    }
  }

  private static KeyRing keys(Map<String, String> environment) {
    String text =
        required(
            environment,
            KEYS,
            "set it to \"1:$(openssl rand -base64 32)\" and keep it: codes and sign-ins made with"
                + " it are good only as long as it is there");
    try {
      return KeyRing.load(() -> Secret.of(text));
    } catch (KeyRefusedException refused) {
      throw new IllegalArgumentException(KEYS + ": " + refused.getMessage(), refused);
    }
  }

  private static String required(Map<String, String> environment, String name, String next) {
    String value = environment.get(name);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(
          "--store azure needs the environment variable " + name + ": " + next);
    }
    return value;
  }
}
