package dev.tokenlife;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.tokenlife.crypto.KeyRing;
import dev.tokenlife.model.AccessToken;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.TokenUnavailableException;
import dev.tokenlife.model.TokenUnavailableException.Reason;
import dev.tokenlife.testing.ReferenceStore;
import dev.tokenlife.testing.ScriptedSource;
import dev.tokenlife.testing.SourceGate;
import dev.tokenlife.time.VirtualTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A source that holds every thread there is for calls keeps nobody waiting who needs no call. */
class SlowSourceTest {
  private static final ChainKey BANK = ChainKey.of("bank");
  private static final ChainKey SLOW = ChainKey.of("slow");
  private static final Duration REAL = Duration.ofSeconds(20);

  private final VirtualTime time = new VirtualTime();
  private final ScriptedSource source = ScriptedSource.create();
  private final Tokens tokens = process(ReferenceStore.shared());
  private final AccessToken known = tokens.get(BANK);
  private final SourceGate gate = source.block();

  private Tokens process(ReferenceStore store) {
    return Tokens.builder()
        .source(source)
        .engine(PullEngine.create())
        .store(store)
        .keys(KeyRing.of(1, KeyRing.newKey()))
        .time(time)
        .concurrency(1)
        .build();
  }

  @BeforeEach
  void theOnlyThreadForCalls_isHeld() {
    var unused = tokens.getAsync(SLOW);
    gate.awaitArrival();
  }

  @AfterEach
  void close() {
    gate.open();
    tokens.close(REAL);
  }

  @Test
  void dueToken_isServedAtOnce_toWhoeverAsksWithoutWaiting() {
    try (Tokens local = process(ReferenceStore.local())) {
      AccessToken due = local.get(BANK);
      SourceGate held = source.block();
      var unused = local.getAsync(SLOW);
      held.awaitArrival();
      time.advance(Duration.ofMinutes(45));
      assertThat(local.getAsync(BANK)).isCompletedWithValue(due);
      held.open();
    }
  }

  @Test
  void rowReadTooLongAgo_isReadAgain() {
    time.advance(Duration.ofSeconds(31));
    assertThat(tokens.getAsync(BANK)).succeedsWithin(REAL).isSameAs(known);
  }

  @Test
  void refusal_reachesWhoeverAskedWithoutWaiting() {
    tokens.suspend(BANK);
    CompletableFuture<AccessToken> answer = tokens.getAsync(BANK);
    await().atMost(REAL).until(answer::isDone);
    CompletionException refused = catchThrowableOfType(CompletionException.class, answer::join);
    assertThat(refused.getCause())
        .isInstanceOfSatisfying(
            TokenUnavailableException.class,
            failure -> assertThat(failure.reason()).isEqualTo(Reason.SUSPENDED));
  }

  @Test
  void whatAnAnswerIsFollowedBy_mayHang_andKeepsNoCallFromItsSource() {
    time.advance(Duration.ofSeconds(1));
    CompletableFuture<Void> forEver = new CompletableFuture<>();
    var hangs = tokens.getAsync(SLOW).thenAccept(token -> forEver.join());
    gate.open();
    AccessToken next = tokens.get(ChainKey.of("other"));
    assertThat(next).isNotNull();
    assertThat(hangs).isNotDone();
    forEver.complete(null);
  }
}
