package dev.tokenlife.examples.cluster.node;

import dev.tokenlife.Tokens;
import dev.tokenlife.azure.AzureTokenStore;
import dev.tokenlife.crypto.KeyRing;
import dev.tokenlife.crypto.KeySources;
import dev.tokenlife.oauth2.ClientAuthentication;
import dev.tokenlife.oauth2.OAuth2Source;
import dev.tokenlife.scheduler.Keep;
import dev.tokenlife.scheduler.PriorityEngine;
import dev.tokenlife.scheduler.PrioritySettings;
import dev.tokenlife.scheduler.ScheduledEngine;
import dev.tokenlife.spi.RefreshEngine;
import dev.tokenlife.spi.RefreshPolicy;
import dev.tokenlife.time.TimeSource;
import java.time.Duration;

/** One process of the cluster: it shares the refreshing of all grants with the others. */
public final class Node implements AutoCloseable {
  /** The emulator is one thread: more at a time would only wait there, until they time out. */
  private static final int AT_A_TIME = 32;

  private final NodeEvents events = new NodeEvents();
  private final LeaseTraffic leases = new LeaseTraffic();
  private final HeldResults results;
  private final AzureTokenStore store;
  private final Tokens tokens;
  private final SignIns signIns;
  private final Callers callers;

  Node(NodeSettings settings) {
    TimeSource time = new SkewedTime(TimeSource.system(), settings.skew());
    store =
        AzureTokenStore.builder()
            .connectionString(settings.tables())
            .spread(NodeSettings.PARTITION, NodeSettings.SLICES)
            .time(time)
            .addPolicy(leases)
            .build();
    store.initialize();
    results = new HeldResults(source(settings, time));
    events.onStored(results::stored);
    tokens =
        Tokens.builder()
            .source(results)
            .engine(engine(settings.engine()))
            .store(store)
            .keys(KeyRing.load(KeySources.environment(NodeSettings.KEYS)))
            .sharedAs(settings.name())
            .concurrency(AT_A_TIME)
            .policy(policy(settings.lifetime()))
            .listener(events)
            .time(time)
            .build();
    signIns = new SignIns(settings.server(), tokens);
    callers = new Callers(tokens, settings);
    events.onSignIn(signIns::want);
    signIns.start();
  }

  /** The grants of the authorization server, as a node that is known there by this name. */
  public static OAuth2Source source(NodeSettings settings, TimeSource time) {
    return OAuth2Source.refreshToken(
            settings.server().resolve("/token"), "cluster", ClientAuthentication.none())
        .singleUse()
        .allowHttpOnLoopback()
        .parameter("node", settings.name())
        .time(time);
  }

  /**
   * Due after 35 to 50 % of a token's life and served for 75 %: what is left covers the time until
   * the shards of a dead process are taken over.
   */
  private static RefreshPolicy policy(Duration lifetime) {
    return RefreshPolicy.window(lifetime.multipliedBy(65).dividedBy(100), lifetime.dividedBy(2));
  }

  private static RefreshEngine engine(String name) {
    return name.equals("priority")
        ? PriorityEngine.create(PrioritySettings.DEFAULT.keep(Keep.ALWAYS))
        : ScheduledEngine.create();
  }

  AzureTokenStore store() {
    return store;
  }

  Tokens tokens() {
    return tokens;
  }

  NodeEvents events() {
    return events;
  }

  HeldResults results() {
    return results;
  }

  LeaseTraffic leases() {
    return leases;
  }

  SignIns signIns() {
    return signIns;
  }

  Callers callers() {
    return callers;
  }

  /** Leaves: hands its shards on, ends what it began, then ends its threads. */
  @Override
  public void close() {
    tokens.close();
    store.close();
  }
}
