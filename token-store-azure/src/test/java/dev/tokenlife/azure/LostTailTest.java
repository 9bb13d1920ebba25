package dev.tokenlife.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.PullEngine;
import dev.tokenlife.azure.emulator.Azurite;
import dev.tokenlife.azure.emulator.AzuriteInstall;
import dev.tokenlife.azure.emulator.WithAzurite;
import dev.tokenlife.model.AccessToken;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.spi.Demand;
import dev.tokenlife.spi.Shards;
import dev.tokenlife.spi.TokenEvent;
import dev.tokenlife.testing.Node;
import dev.tokenlife.testing.ScriptedSource;
import dev.tokenlife.time.VirtualTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A service that loses the last seconds of what it acknowledged, as a failover to another region
 * may. The emulator does so when it is killed: it saves every five seconds.
 */
@WithAzurite
final class LostTailTest {
  private static final ChainKey BANK = ChainKey.of("bank", "default");

  @TempDir Path directory = Path.of("");

  private final AzuriteInstall install;
  private final VirtualTime time = new VirtualTime();
  private final ScriptedSource source = ScriptedSource.create();
  private Azurite azurite;
  private AzureTokenStore store;
  private Node node;

  @SuppressWarnings("NullAway.Init") // Set before each test.
  LostTailTest(AzuriteInstall install) {
    this.install = install;
  }

  @BeforeEach
  void start() {
    azurite = Azurite.onDisk(install, directory);
    store = Stores.ready(Stores.builder(azurite));
    node =
        Node.start("a", store, time, source, PullEngine.create(), builder -> builder.sharedAs("a"));
  }

  @AfterEach
  void stop() {
    node.close();
    azurite.close();
  }

  // Fault 33.
  @Test
  void writesThatTheServiceLost_areNoticed_told_andLivedWith() {
    AccessToken first = node.tokens().get(BANK);
    AccessToken lost = first;
    long kept = 0;
    // What is written within five seconds of a start is lost by the kill; on a slow machine it may
    // have been saved, and is tried again.
    for (int tries = 0; tries < 10 && kept == 0; tries++) {
      azurite.stop();
      azurite.start();
      time.advance(Duration.ofSeconds(3));
      lost = node.tokens().refresh(BANK, Demand.BLOCKED).join();
      time.advance(Duration.ofSeconds(3));
      azurite.kill();
      azurite.start();
      long generation = store.find(BANK).orElseThrow().row().generation();
      kept = generation < lost.generation() ? generation : 0;
    }
    assertThat(kept).as("the emulator lost a write").isPositive();

    time.advance(Duration.ofSeconds(3));
    assertThat(sharing().get("lostHeartbeats")).as("the process notices by itself").isEqualTo(1L);
    time.advance(Duration.ofSeconds(25));
    assertThat(node.shards()).as("and goes on under another name").hasSize(Shards.COUNT);

    time.advance(Duration.ofSeconds(20));
    node.tokens().get(BANK);
    assertThat(node.events().events(TokenEvent.Type.WRITES_LOST))
        .as("and so does whoever reads the row")
        .singleElement()
        .extracting(TokenEvent::key)
        .isEqualTo(BANK);
    AccessToken next = node.tokens().refresh(BANK, Demand.BLOCKED).join();
    assertThat(next.value()).isNotEqualTo(lost.value());
    assertThat(node.tokens().get(BANK)).isSameAs(next);
    assertThat(store.find(BANK).orElseThrow().row().generation()).isEqualTo(kept + 1);
  }

  private Map<?, ?> sharing() {
    return node.tokens().status().get("sharing") instanceof Map<?, ?> sharing ? sharing : Map.of();
  }
}
