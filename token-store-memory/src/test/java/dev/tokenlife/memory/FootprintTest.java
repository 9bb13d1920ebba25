package dev.tokenlife.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.ChainControl;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainOrigin;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.ChainState;
import dev.tokenlife.model.Upstream;
import dev.tokenlife.spi.WriteResult;
import dev.tokenlife.testing.Rows;
import dev.tokenlife.time.VirtualTime;
import java.lang.management.ManagementFactory;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a chain costs: measured on the heap, with texts that are as random as real ones. */
final class FootprintTest {
  private static final int CHAINS = 100_000;

  /** A 64-byte token, sealed: 12 bytes of nonce and 16 of tag more. */
  private static final int SEALED = 64 + 12 + 16;

  private final SplittableRandom random = new SplittableRandom(7);

  @Test
  void aFetchedChain_withAnAccessTokenOf64Bytes_takesAtMost600Bytes() {
    assertThat(bytesPerChain(false)).isBetween(200L, 600L);
  }

  @Test
  void aFetchedChain_withARefreshTokenOf64BytesToo_takesAtMost600Bytes() {
    assertThat(bytesPerChain(true)).isBetween(200L, 600L);
  }

  private long bytesPerChain(boolean withRefreshToken) {
    MemoryTokenStore store = MemoryTokenStore.builder().time(new VirtualTime()).build();
    long before = usedHeap();
    for (int i = 0; i < CHAINS; i++) {
      WriteResult result = store.insert(row(i, withRefreshToken), List.of());
      assertThat(result).isInstanceOf(WriteResult.Written.class);
    }
    long each = (usedHeap() - before) / CHAINS;
    assertThat(store.liveChains()).isEqualTo(CHAINS);
    return each;
  }

  private ChainRow row(int i, boolean withRefreshToken) {
    ChainKey key = ChainKey.of(String.join("", "spot", "ify"), "user-" + (1_000_000 + i));
    ChainRow sample = Rows.fetched(key, Rows.NOW + i);
    ChainOrigin origin = sample.origin();
    return sample
        .draft()
        .origin(
            new ChainOrigin(
                origin.kind(),
                "default",
                "default",
                null,
                Rows.NOW + i,
                text(16),
                Long.MAX_VALUE,
                null,
                text(16)))
        .control(
            new ChainControl(
                2, text(16), null, ChainState.ACTIVE, null, Rows.NOW + i + 60, Rows.NOW + i + 60))
        .upstream(
            new Upstream(
                text(16),
                sealed(),
                withRefreshToken ? sealed() : noToken(),
                "Bearer",
                "user-read-email playlist-read-private",
                null,
                Rows.NOW + i + 1_800_000,
                0,
                0))
        .row();
  }

  private static @Nullable String noToken() {
    return null;
  }

  private String sealed() {
    return "s1.2147483647." + text(SEALED);
  }

  private String text(int bytes) {
    byte[] some = new byte[bytes];
    random.nextBytes(some);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(some);
  }

  private static long usedHeap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
