package dev.tokenlife.examples.attendance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.Chains;
import dev.tokenlife.memory.MemoryTokenStore;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainPolicy;
import dev.tokenlife.model.HandOverResult;
import dev.tokenlife.model.PollResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The code on the first screen of the project's README, run as it stands there. */
final class ReadmeTest {
  @Test
  void theFirstCode_doesWhatItSays() {
    try (Chains chains =
        Chains.builder()
            .store(MemoryTokenStore.create())
            .type(
                "ENTRY",
                ChainPolicy.screenCode("entry", Duration.ofSeconds(10), Duration.ofSeconds(3))
                    .build())
            .build()) {
      ChainKey key = chains.open("session-7", "ENTRY", "anna");
      assertThat(chains.poll(key, "anna")).isInstanceOf(PollResult.Live.class);
      if (chains.poll(key, "anna") instanceof PollResult.Live live) {
        String shown = live.token().token().reveal();
        HandOverResult scanned = chains.handOver("session-7", shown, "ben");
        assertThat(scanned).isInstanceOf(HandOverResult.Accepted.class);
      }
      assertThat(chains.poll(key, "ben")).isInstanceOf(PollResult.Live.class);
      chains.close(key, "completed");
      assertThat(chains.poll(key, "ben")).isInstanceOf(PollResult.Over.class);
    }
  }

  @Test
  void theFirstCode_isTheOneThatIsRunHere() throws IOException {
    String readme = code(Files.readString(Path.of("..", "..", "README.md")));
    String test =
        code(
            Files.readString(
                Path.of("src/test/java", ReadmeTest.class.getName().replace('.', '/') + ".java")));
    for (String statement :
        List.of(
            "Chains.builder().store(MemoryTokenStore.create()).type(\"ENTRY\",ChainPolicy.screenCode("
                + "\"entry\",Duration.ofSeconds(10),Duration.ofSeconds(3)).build()).build()",
            "ChainKeykey=chains.open(\"session-7\",\"ENTRY\",\"anna\");",
            "if(chains.poll(key,\"anna\")instanceofPollResult.Livelive){",
            "Stringshown=live.token().token().reveal();",
            "HandOverResultscanned=chains.handOver(\"session-7\",shown,\"ben\");",
            "chains.close(key,\"completed\");")) {
      assertThat(readme).contains(statement);
      assertThat(test).contains(statement);
    }
  }

  private static String code(String text) {
    return text.replaceAll("\\s+", "");
  }
}
