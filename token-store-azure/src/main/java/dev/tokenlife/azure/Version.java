package dev.tokenlife.azure;

import dev.tokenlife.model.ChainKind;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.ChainState;
import dev.tokenlife.model.Upstream;
import java.util.OptionalLong;

/**
 * The version that callers see: the row's ETag, and when the row is due, so that the next write
 * knows the due hint it outdates without reading.
 *
 * @param dueAt when the row's refresh is due; empty if none is planned
 * @param etag the service's mark
 */
record Version(OptionalLong dueAt, String etag) {
  /** Returns the version of a row that has an ETag. */
  static Version of(ChainRow row, String etag) {
    return new Version(dueAt(row), Etags.repaired(etag));
  }

  /** Returns when a row's refresh is due; empty if none is planned. */
  static OptionalLong dueAt(ChainRow row) {
    Upstream upstream = row.upstream();
    if (upstream == null
        || row.origin().kind() != ChainKind.FETCHED
        || row.state() != ChainState.ACTIVE) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(upstream.refreshAt());
  }

  /** Reads what {@link #text} wrote. */
  static Version parse(String text) {
    int at = text.indexOf('@');
    if (at < 1) {
      throw new IllegalArgumentException("not a version of this store: " + text);
    }
    String due = text.substring(0, at);
    OptionalLong dueAt =
        due.equals("-") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(due));
    return new Version(dueAt, text.substring(at + 1));
  }

  String text() {
    return (dueAt.isPresent() ? Long.toString(dueAt.getAsLong()) : "-") + "@" + etag;
  }
}
