package dev.tokenlife.examples.storetool;

import dev.tokenlife.backup.PlainRow;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Rows for people. Of the library's tables only columns are shown that are known to be harmless; of
 * any other table those whose name suggests a secret are hidden.
 */
final class RowText {
  private static final Set<String> HARMLESS =
      Set.of(
          "type",
          "kind",
          "state",
          "currentToken",
          "previousToken",
          "rotationCount",
          "lastRotation",
          "lastHolder",
          "seq",
          "createdAt",
          "revision",
          "op",
          "endsAtMs",
          "refreshAtMs",
          "format",
          "holder",
          "chainId",
          "partition",
          "fromHolder",
          "toHolder",
          "atMs",
          "reassigned",
          "dueAtMs",
          "name",
          "owner",
          "counter",
          "next",
          "slices",
          "holderId",
          "expiresAt",
          "pendingChallenge",
          "challengeExpiresAt");

  private static final Pattern OURS = Pattern.compile("(Chains|DueIndex|Leases|Tokens)$");
  private static final Pattern SUSPECT =
      Pattern.compile(
          "(?i)secret|token|password|passwd|credential|code|nonce|hash|signature|cookie|bearer|data"
              + "|(api|access|private|account)_?key|^key$");

  /** A table whose row keys are codes that somebody may still show. */
  private static final Pattern KEYS_ARE_SECRET = Pattern.compile("QRTokens$");

  private RowText() {}

  /** Returns partition and row key. */
  static String key(String table, PlainRow row) {
    String rowKey =
        KEYS_ARE_SECRET.matcher(table).find() ? hidden(row.rowKey()) : printable(row.rowKey());
    return printable(row.partitionKey()) + "\t" + rowKey;
  }

  /** Returns the key and every column, one to a line. */
  static String columns(String table, PlainRow row) {
    StringBuilder text = new StringBuilder(key(table, row));
    for (Map.Entry<String, Object> column : new TreeMap<>(row.columns()).entrySet()) {
      String shown =
          isHidden(table, column.getKey())
              ? hidden(column.getValue())
              : printable(column.getValue().toString());
      text.append("\n    ").append(printable(column.getKey())).append(" = ").append(shown);
    }
    return text.toString();
  }

  private static boolean isHidden(String table, String column) {
    return OURS.matcher(table).find() ? !HARMLESS.contains(column) : SUSPECT.matcher(column).find();
  }

  private static String hidden(Object value) {
    int size = value instanceof byte[] bytes ? bytes.length : value.toString().length();
    return "(hidden, " + size + (value instanceof byte[] ? " bytes)" : " characters)");
  }

  /** Nothing in a table may move the cursor of whoever looks at it. */
  private static String printable(String text) {
    return text.replaceAll("[\\p{Cc}\\p{Cs}]", "?");
  }
}
