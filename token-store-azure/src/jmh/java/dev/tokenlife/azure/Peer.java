package dev.tokenlife.azure;

import dev.tokenlife.model.ChainRow;
import java.util.List;

/** The operations that are compared. Every call is one request, and fails loudly. */
interface Peer {
  /** Adds a row and returns its version. */
  String create(ChainRow row);

  /** Reads a row and returns its version. */
  String get(ChainRow row);

  /** Replaces a row that still has a version, and returns the next one. */
  String update(ChainRow row, String version);

  /** Returns how many rows a partition has; at most a page. */
  int list(String partition);

  /** Adds up to 100 rows of one partition, all or nothing. */
  void createAll(List<ChainRow> rows);
}
