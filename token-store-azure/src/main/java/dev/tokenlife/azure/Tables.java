package dev.tokenlife.azure;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tables of one store.
 *
 * @param tokens the optional view; null if it is off
 */
record Tables(Table chains, Table dueIndex, Table leases, @Nullable Table tokens) {
  List<Table> all() {
    List<Table> all = new ArrayList<>(List.of(chains, dueIndex, leases));
    if (tokens != null) {
      all.add(tokens);
    }
    return all;
  }
}
