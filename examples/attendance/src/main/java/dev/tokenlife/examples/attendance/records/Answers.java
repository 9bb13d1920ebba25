package dev.tokenlife.examples.attendance.records;

import com.azure.data.tables.models.TableErrorCode;
import com.azure.data.tables.models.TableServiceException;
import dev.tokenlife.spi.StoreException;
import java.util.Map;
import java.util.function.Supplier;

/** Tells an answer of the service from a failure. */
final class Answers {
  private Answers() {}

  /**
   * Makes a call.
   *
   * @param answers what some statuses mean that are no failure here
   * @throws StoreException for every other failure, naming the table
   */
  static <T> T of(AppTable table, Supplier<T> call, Map<Integer, T> answers) {
    try {
      return call.get();
    } catch (TableServiceException refused) {
      int status = refused.getResponse().getStatusCode();
      T answer = noTable(refused) ? null : answers.get(status);
      if (answer != null) {
        return answer;
      }
      throw new StoreException(kind(refused, status), at(table) + "answered " + status, refused);
    } catch (StoreException known) {
      throw known;
    } catch (RuntimeException silent) {
      throw new StoreException(
          StoreException.Kind.UNKNOWN, at(table) + "gave no usable answer", silent);
    }
  }

  private static StoreException.Kind kind(TableServiceException refused, int status) {
    if (noTable(refused)) {
      return StoreException.Kind.MISCONFIGURED;
    }
    return switch (status) {
      case 401, 403 -> StoreException.Kind.UNAUTHORIZED;
      case 408, 429, 503 -> StoreException.Kind.THROTTLED;
      default -> status < 500 ? StoreException.Kind.REJECTED : StoreException.Kind.UNKNOWN;
    };
  }

  private static boolean noTable(TableServiceException refused) {
    return refused.getValue() != null
        && TableErrorCode.TABLE_NOT_FOUND.equals(refused.getValue().getErrorCode());
  }

  private static String at(AppTable table) {
    return "table " + table.tableName() + " ";
  }
}
