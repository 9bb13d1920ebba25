package dev.tokenlife.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.Secret;
import dev.tokenlife.spi.DueListing.DueChain;
import dev.tokenlife.spi.FetchedToken;
import dev.tokenlife.spi.Shards;
import dev.tokenlife.spi.StoredChain;
import dev.tokenlife.testing.Node;
import dev.tokenlife.testing.ScriptedSource;
import dev.tokenlife.testing.TimerEngine;
import dev.tokenlife.time.VirtualTime;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Fault 28 with a real process: killed between the due hint and the row. */
final class KilledProcessTest extends FaultCase {
  private static final ChainKey ANN = ChainKey.of("music", "ann");

  // In the past of the service's clock, so that only the age of a hint decides.
  private final VirtualTime time = new VirtualTime(Instant.parse("2020-01-01T00:00:00Z"));

  @Test
  void theHintOfAKilledProcess_refreshesNothing_andIsDropped() throws Exception {
    String prefix = Stores.prefix();
    store = Stores.ready(Stores.builder(azurite()).tablePrefix(prefix));
    ScriptedSource source = ScriptedSource.singleUse("music", Duration.ZERO, time);
    Node node =
        Node.start("a", store, time, source, TimerEngine.create(), b -> b.sharedAs("worker"));
    try {
      FetchedToken grant = FetchedToken.of("t", Duration.ofHours(1));
      node.tokens().adopt(ANN, "grant", grant.withRefreshToken(Secret.of("r")));
      StoredChain before = store.find(ANN).orElseThrow();
      long early = time.wallMillis() + 30_000;
      killBetweenHintAndRow(prefix, early);
      assertThat(store.find(ANN)).contains(before);
      assertThat(due(store)).hasSize(2).contains(new DueChain(ANN, early));

      for (int i = 0; i < 120; i++) {
        time.advance(Duration.ofSeconds(1));
      }
      assertThat(source.calls()).as("the row says when, not the hint").isZero();
      AzureTokenStore impatient =
          Stores.builder(azurite()).tablePrefix(prefix).hintGrace(Duration.ofMillis(1)).build();
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(due(impatient)).hasSize(1));
      assertThat(due(store)).doesNotContain(new DueChain(ANN, early));
    } finally {
      node.close();
    }
  }

  private void killBetweenHintAndRow(String prefix, long dueAt) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                HalfWriter.class.getName(),
                azurite().connectionString(),
                prefix,
                ANN.partition(),
                ANN.id(),
                Long.toString(dueAt))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertThat(firstLine(process)).isEqualTo(HalfWriter.STOPPED);
    } finally {
      process.destroyForcibly();
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static String firstLine(Process process) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      return String.valueOf(lines.readLine());
    }
  }

  private static List<DueChain> due(AzureTokenStore from) {
    return from.due().dueBefore(Shards.of(ANN), Long.MAX_VALUE, Optional.empty(), 100).items();
  }
}
