package dev.tokenlife.azure;

import java.util.List;

/**
 * The names of the tables, each with the store's prefix. Names are case-insensitive in the service
 * and not in the emulator: there is one constant per name.
 */
final class TableNames {
  static final String CHAINS = "Chains";
  static final String TOKENS = "Tokens";
  static final String DUE_INDEX = "DueIndex";
  static final String LEASES = "Leases";

  private final String prefix;

  TableNames(String prefix) {
    if (!prefix.isEmpty() && !prefix.matches("[A-Za-z][A-Za-z0-9]{0,49}")) {
      throw new IllegalArgumentException(
          "a table prefix has letters and digits, starts with a letter and has at most 50 of them;"
              + " got '"
              + prefix
              + "'");
    }
    this.prefix = prefix;
  }

  String of(String table) {
    return prefix + table;
  }

  /** Returns what has to exist. */
  List<String> required(boolean tokensView) {
    return tokensView
        ? List.of(of(CHAINS), of(DUE_INDEX), of(LEASES), of(TOKENS))
        : List.of(of(CHAINS), of(DUE_INDEX), of(LEASES));
  }
}
