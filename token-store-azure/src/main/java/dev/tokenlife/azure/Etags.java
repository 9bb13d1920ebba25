package dev.tokenlife.azure;

import com.azure.data.tables.models.TableEntity;
import org.jspecify.annotations.Nullable;

/** Keeps ETags whole and conditions conditional. */
final class Etags {
  private static final String PROPERTY = "odata.etag";

  private Etags() {}

  /** Gives back the closing quote that the SDK takes from headers. */
  static String repaired(String etag) {
    return etag.startsWith("W/\"") && !etag.endsWith("\"") ? etag + '"' : etag;
  }

  /**
   * Refuses what the SDK would send without a condition.
   *
   * @throws IllegalStateException before anything is sent
   */
  static String require(@Nullable String etag) {
    if (etag == null || etag.isBlank() || etag.equals("*")) {
      throw new IllegalStateException(
          "a conditional write needs the ETag of a row that was read; without it the service would"
              + " write unconditionally");
    }
    return repaired(etag);
  }

  /** Returns a fresh entity that states the ETag it was read with; the SDK has no setter. */
  static TableEntity carry(TableEntity entity, @Nullable String etag) {
    return etag == null ? entity : Entities.copy(entity).addProperty(PROPERTY, etag);
  }
}
