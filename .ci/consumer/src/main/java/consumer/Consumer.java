package consumer;

import dev.tokenlife.Chains;
import dev.tokenlife.Tokens;
import dev.tokenlife.memory.MemoryTokenStore;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainPolicy;
import dev.tokenlife.model.PollResult;
import dev.tokenlife.scheduler.ScheduledEngine;
import dev.tokenlife.spi.FetchedToken;
import dev.tokenlife.spi.TokenSource;
import java.time.Duration;

/** Both halves of the library, with nothing but what a user's pom names. */
public final class Consumer {
  private Consumer() {}

  public static void main(String[] args) {
    TokenSource source =
        TokenSource.of(request -> FetchedToken.of("secret", Duration.ofMinutes(10)));
    try (Tokens tokens =
        Tokens.builder()
            .source(source)
            .engine(ScheduledEngine.create())
            .store(MemoryTokenStore.create())
            .build()) {
      String bearer = tokens.get(ChainKey.of("bank")).bearer();
      expect(bearer.equals("Bearer secret"), "a token was obtained");
    }
    try (Chains chains =
        Chains.builder()
            .type(
                "ENTRY",
                ChainPolicy.screenCode("qr", Duration.ofSeconds(10), Duration.ofSeconds(3))
                    .build())
            .store(MemoryTokenStore.create())
            .build()) {
      ChainKey chain = chains.open("session-7", "ENTRY", "ann");
      expect(chains.poll(chain, "ann") instanceof PollResult.Live, "its holder sees a token");
      expect(chains.poll(chain, "bob") instanceof PollResult.NotHolder, "nobody else does");
    }
  }

  private static void expect(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError("not so: " + what);
    }
    System.out.println("ok: " + what);
  }
}
