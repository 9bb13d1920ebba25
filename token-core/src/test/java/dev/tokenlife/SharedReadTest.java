package dev.tokenlife;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tokenlife.crypto.KeyRing;
import dev.tokenlife.model.AccessToken;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.Secret;
import dev.tokenlife.model.TokenUnavailableException.Reason;
import dev.tokenlife.spi.Demand;
import dev.tokenlife.spi.FetchedToken;
import dev.tokenlife.testing.CountingStore;
import dev.tokenlife.testing.Race;
import dev.tokenlife.testing.ReferenceStore;
import dev.tokenlife.testing.ScriptedSource;
import dev.tokenlife.testing.StoreCall;
import dev.tokenlife.testing.StoreFault;
import dev.tokenlife.testing.WatchedStore;
import dev.tokenlife.time.VirtualTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** How long a row of a shared store is believed, and what happens when it cannot be read. */
class SharedReadTest extends Fixture {
  private static final Secret KEY = KeyRing.newKey();

  SharedReadTest() {
    super(ReferenceStore.shared(), ScriptedSource.create());
  }

  @Override
  TokensBuilder builder() {
    return super.builder().keys(KeyRing.of(1, KEY));
  }

  @Test
  void aRow_isBelievedForTwentySeconds_thenLookedAtBehindTheReader() {
    AccessToken token = tokens.get(BANK);
    long finds = store.calls(StoreCall.FIND);
    after(Duration.ofSeconds(19));
    assertThat(tokens.get(BANK)).isSameAs(token);
    assertThat(store.calls(StoreCall.FIND)).isEqualTo(finds);
    after(Duration.ofSeconds(2));
    assertThat(tokens.get(BANK)).isSameAs(token);
    assertThat(store.calls(StoreCall.FIND)).isEqualTo(finds + 1);
    after(Duration.ofSeconds(19));
    assertThat(tokens.get(BANK)).isSameAs(token);
    assertThat(store.calls(StoreCall.FIND)).isEqualTo(finds + 1);
  }

  @Test
  void whatAnotherProcessStopped_isServedNoLongerThanMaxStaleness() {
    try (Tokens other = builder().build()) {
      tokens.get(BANK);
      other.revoke(BANK, "elsewhere");
      assertThat(tokens.get(BANK)).isNotNull();
      after(Duration.ofSeconds(30));
      assertThat(refused(() -> tokens.get(BANK)).reason()).isEqualTo(Reason.CHAIN_OVER);
    }
  }

  @Test
  void whileTheStoreIsDown_aUsableTokenIsServed_andTheStoreIsNotAskedByEachReader() {
    AccessToken token = tokens.get(BANK);
    store.breakRandomly(1, 1.0, StoreFault.UNAVAILABLE);
    after(Duration.ofSeconds(40));
    long finds = store.calls(StoreCall.FIND);
    for (int i = 0; i < 100; i++) {
      assertThat(tokens.get(BANK)).isSameAs(token);
      assertThat(tokens.getAsync(BANK).join()).isSameAs(token);
    }
    assertThat(store.calls(StoreCall.FIND) - finds).isLessThanOrEqualTo(2);
    store.heal();
    after(Duration.ofSeconds(2));
    assertThat(tokens.get(BANK)).isSameAs(token);
    assertThat(tokens.getIfFresh(BANK)).as("believed again").contains(token);
  }

  @Test
  void withoutTheSetting_aRowThatCannotBeRead_isNotServed() {
    try (Tokens strict = builder().serveWhileStoreDown(false).build()) {
      strict.get(ChainKey.of("strict"));
      store.breakRandomly(1, 1.0, StoreFault.UNAVAILABLE);
      after(Duration.ofSeconds(31));
      assertThat(refused(() -> strict.get(ChainKey.of("strict"))).reason())
          .isEqualTo(Reason.STORE_UNAVAILABLE);
      assertThat(strict.getAsync(ChainKey.of("strict"))).isCompletedExceptionally();
    }
  }

  @Test
  void aStoreThatHangs_holdsUpNobodyWhoHasAUsableToken() {
    Hanging hanging = new Hanging(ReferenceStore.shared());
    VirtualTime clock = new VirtualTime();
    try (Tokens threads =
        Tokens.builder()
            .source(request -> FetchedToken.of("one", HOUR))
            .engine(PullEngine.create())
            .store(hanging)
            .keys(KeyRing.of(1, KEY))
            .time(clock)
            .build()) {
      AccessToken token = threads.get(BANK);
      hanging.hang();
      clock.advance(Duration.ofSeconds(40));
      assertThat(threads.get(BANK)).isSameAs(token);
      assertThat(threads.get(BANK)).isSameAs(token);
      hanging.goOn();
    }
  }

  @Test
  void manyReadersOfADoubtfulRow_readItOnce() {
    ReferenceStore shared = ReferenceStore.shared();
    CountingStore counting = CountingStore.around(shared);
    VirtualTime clock = new VirtualTime();
    try (Tokens threads =
        Tokens.builder()
            .source(request -> FetchedToken.of("one", HOUR))
            .engine(PullEngine.create())
            .store(counting)
            .keys(KeyRing.of(1, KEY))
            .time(clock)
            .build()) {
      threads.get(BANK);
      clock.advance(Duration.ofSeconds(40));
      long finds = counting.finds();
      Race.of(32, i -> threads.get(BANK));
      assertThat(counting.finds() - finds).isLessThan(32);
    }
  }

  @Test
  void anExplicitRefresh_replacesATokenThisProcessHasNotSeen() {
    signIn(BANK);
    try (Tokens other = builder().build()) {
      assertThat(other.refresh(BANK, Demand.BLOCKED).join().generation()).isEqualTo(2);
    }
    assertThat(source.calls()).isEqualTo(1);
  }

  @Test
  void whoeverIsGivenTheFutureOfARefresh_cannotEndItForOthers() {
    ScriptedSource slow = ScriptedSource.create();
    var gate = slow.block();
    try (Tokens threads =
        Tokens.builder()
            .source(slow)
            .engine(PullEngine.create())
            .store(ReferenceStore.local())
            .time(time)
            .build()) {
      CompletableFuture<AccessToken> one = threads.refresh(BANK, Demand.BACKGROUND);
      CompletableFuture<AccessToken> two = threads.refresh(BANK, Demand.BACKGROUND);
      gate.awaitArrival();
      one.cancel(true);
      gate.open();
      assertThat(two.orTimeout(30, TimeUnit.SECONDS).join().bearer()).isEqualTo("Bearer access-1");
      await().until(() -> threads.getIfFresh(BANK).isPresent());
    }
  }

  /** A store whose reads can be made to hang. */
  private static final class Hanging extends WatchedStore {
    private volatile boolean hangs;

    Hanging(ReferenceStore store) {
      super(store);
    }

    void hang() {
      hangs = true;
    }

    void goOn() {
      hangs = false;
    }

    @Override
    protected <T> T around(StoreCall call, Supplier<T> action) {
      while (hangs && call == StoreCall.FIND) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
      }
      return action.get();
    }
  }
}
