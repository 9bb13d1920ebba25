package dev.tokenlife.examples.cluster.member;

import dev.tokenlife.azure.AzureTokenStore;
import dev.tokenlife.examples.cluster.node.NodeSettings;
import dev.tokenlife.model.Claim;
import dev.tokenlife.spi.Page;
import dev.tokenlife.spi.StoredChain;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The calls that are announced in the store: the claims of its rows. */
public final class Claims {
  private static final int PAGE = 1_000;

  private final AzureTokenStore store;

  public Claims(AzureTokenStore store) {
    this.store = store;
  }

  /** Returns the grants for which this incarnation had announced a call. */
  public Set<String> of(String incarnation) {
    Set<String> grants = new TreeSet<>();
    Optional<String> cursor = Optional.empty();
    do {
      Page<StoredChain> page = store.listing().byPartition(NodeSettings.PARTITION, cursor, PAGE);
      for (StoredChain stored : page.items()) {
        Claim claim = stored.row().claim();
        if (claim != null && claim.owner().equals(incarnation)) {
          grants.add(stored.row().key().id());
        }
      }
      cursor = page.next();
    } while (cursor.isPresent());
    return grants;
  }
}
