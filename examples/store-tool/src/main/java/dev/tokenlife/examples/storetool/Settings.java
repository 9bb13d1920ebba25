package dev.tokenlife.examples.storetool;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the environment says. */
final class Settings {
  static final String CONNECTION = "AZURE_STORAGE_CONNECTION_STRING";
  static final String ACCOUNT = "AZURE_STORAGE_ACCOUNT";
  static final String PREFIX = "TABLE_PREFIX";
  static final String TABLES = "APP_TABLES";

  private final Map<String, String> environment;

  Settings(Map<String, String> environment) {
    this.environment = environment;
  }

  Optional<String> connectionString() {
    return text(CONNECTION);
  }

  /** Returns where the account's tables are; asked for if there is no connection string. */
  String endpoint() {
    String name =
        text(ACCOUNT)
            .orElseThrow(
                () ->
                    new UsageException(
                        CONNECTION
                            + " is missing: set it to what 'az storage account show-connection-string'"
                            + " prints, or to the emulator's; or set "
                            + ACCOUNT
                            + " to the account's name, to come with an identity"));
    if (!name.matches("[a-z0-9]{3,24}")) {
      throw new UsageException(
          ACCOUNT + " is a name of 3 to 24 small letters and digits, not '" + name + "'");
    }
    return "https://" + name + ".table.core.windows.net";
  }

  String prefix() {
    String prefix = text(PREFIX).orElse("");
    if (!prefix.matches("([A-Za-z][A-Za-z0-9]{0,49})?")) {
      throw new UsageException(
          PREFIX + " has letters and digits, and begins with a letter; it is '" + prefix + "'");
    }
    return prefix;
  }

  List<String> appTables() {
    List<String> tables =
        Stream.of(environment.getOrDefault(TABLES, "Sessions,Attendance,UserSessions").split(","))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .distinct()
            .toList();
    for (String table : tables) {
      if (!table.matches("[A-Za-z][A-Za-z0-9]{2,62}")) {
        throw new UsageException(
            TABLES + " names tables, separated by commas; '" + table + "' cannot be one");
      }
    }
    return tables;
  }

  private Optional<String> text(String name) {
    return Optional.ofNullable(environment.get(name)).map(String::strip).filter(s -> !s.isEmpty());
  }
}
