package dev.tokenlife.examples.cluster.verdict;

import dev.tokenlife.PullEngine;
import dev.tokenlife.Tokens;
import dev.tokenlife.azure.AzureTokenStore;
import dev.tokenlife.crypto.KeyRing;
import dev.tokenlife.examples.cluster.node.GrantNames;
import dev.tokenlife.examples.cluster.node.Node;
import dev.tokenlife.examples.cluster.node.NodeSettings;
import dev.tokenlife.examples.cluster.server.Ledger;
import dev.tokenlife.examples.cluster.server.Use;
import dev.tokenlife.examples.cluster.server.Use.Verdict;
import dev.tokenlife.model.AccessToken;
import dev.tokenlife.model.Secret;
import dev.tokenlife.spi.Demand;
import dev.tokenlife.time.TimeSource;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When all nodes have left, every grant is refreshed once more, with what the store holds. A
 * refresh token that a node had received and not stored shows here: the server gets an old one, or
 * none.
 */
public final class Audit {
  private static final Logger log = LoggerFactory.getLogger(Audit.class);
  private static final String NAME = "audit";

  private final AzureTokenStore store;
  private final URI server;
  private final Secret key;
  private final int grants;

  public Audit(AzureTokenStore store, URI server, Secret key, int grants) {
    this.store = store;
    this.server = server;
    this.key = key;
    this.grants = grants;
  }

  /** Returns the grants whose stored refresh token was not the one the server issued last. */
  public Set<String> lost(Ledger ledger) throws InterruptedException {
    refreshAll();
    Set<String> lost = new TreeSet<>();
    for (int grant = 0; grant < grants; grant++) {
      lost.add(GrantNames.of(grant));
    }
    for (Use use : ledger.uses(each -> each.node().equals(NAME))) {
      if (use.verdict() == Verdict.ACCEPTED) {
        lost.remove(use.grant());
      }
    }
    return lost;
  }

  private void refreshAll() throws InterruptedException {
    NodeSettings settings =
        new NodeSettings(NAME, "", server, "", Duration.ZERO, Duration.ZERO, grants, 0);
    try (Tokens tokens =
        Tokens.builder()
            .source(Node.source(settings, TimeSource.system()))
            .engine(PullEngine.create())
            .store(store)
            .keys(KeyRing.of(1, key))
            .build()) {
      List<CompletableFuture<AccessToken>> refreshes = new ArrayList<>();
      for (int grant = 0; grant < grants; grant++) {
        refreshes.add(tokens.refresh(GrantNames.key(GrantNames.of(grant)), Demand.BACKGROUND));
      }
      for (CompletableFuture<AccessToken> refresh : refreshes) {
        await(refresh);
      }
    }
  }

  private static void await(CompletableFuture<AccessToken> refresh) throws InterruptedException {
    try {
      refresh.get();
    } catch (ExecutionException failed) {
      log.warn("A grant could not be refreshed at the end", failed.getCause());
    }
  }
}
