package dev.tokenlife.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.spi.StoreException;
import dev.tokenlife.spi.StoreException.Kind;
import dev.tokenlife.spi.StoredChain;
import dev.tokenlife.testing.Rows;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Fault 35: an interrupted caller gets out at once, and stays interrupted. */
final class InterruptTest extends FaultCase {
  @Test
  void anInterruptDuringAPause_endsTheCall_andIsKept() {
    faults.always(
        FaultPolicy::isRead,
        (request, forward) -> {
          Thread.currentThread().interrupt();
          return FaultPolicy.answer(503, Map.of("Retry-After", "2"), "").apply(request, forward);
        });
    Duration took = timed(() -> failing(Kind.UNAVAILABLE, () -> store.find(chain("first"))));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(took).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void anInterruptDuringARead_endsTheCall_andIsKept() {
    faults.always(FaultPolicy::isRead, interrupting());
    failing(Kind.UNAVAILABLE, () -> store.find(chain("first")));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(faults.seen()).hasSize(1);
  }

  @Test
  void anInterruptDuringAWrite_leavesItUnknown() {
    StoredChain there = inserted(Rows.minted(chain("a")));
    faults.always(FaultPolicy::isReplace, interrupting());
    StoreException failure =
        failing(
            Kind.UNKNOWN, () -> store.replace(Rows.next(there.row()), there.version(), List.of()));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(failure).hasMessageContaining("interrupted");
  }

  /** The client clears the flag and wraps the exception; a request that never ends does so. */
  private static FaultPolicy.Fault interrupting() {
    return (request, forward) -> {
      Thread.currentThread().interrupt();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return forward.get();
    };
  }
}
