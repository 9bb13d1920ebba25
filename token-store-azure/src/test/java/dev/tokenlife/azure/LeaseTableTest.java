package dev.tokenlife.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.spi.Lease;
import dev.tokenlife.spi.LeaseTable;
import dev.tokenlife.testing.Race;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Leases change hands by compare-and-set. */
final class LeaseTableTest extends FaultCase {
  private LeaseTable leases() {
    return store.leases().orElseThrow();
  }

  @Test
  void aLease_isReadAsItWasWritten() {
    Lease member = leases().put(new Lease("m:a/b é", "host 1", 7, "dead", "")).orElseThrow();
    Lease shard = leases().put(new Lease("s:007", "m1", Long.MAX_VALUE, "", "")).orElseThrow();
    assertThat(leases().all()).containsExactlyInAnyOrder(member, shard);
  }

  @Test
  void ofManyWhoTakeAFreeShard_oneGetsIt() {
    List<Optional<Lease>> taken =
        Race.of(16, i -> leases().put(new Lease("s:001", "m" + i, 1, "", "")));
    assertThat(taken.stream().filter(Optional::isPresent)).hasSize(1);
  }

  @Test
  void aSpentVersion_writesNothing() {
    Lease first = leases().put(new Lease("s:001", "m1", 1, "", "")).orElseThrow();
    Lease second = leases().put(new Lease("s:001", "m2", 2, "", first.version())).orElseThrow();
    assertThat(leases().put(new Lease("s:001", "m3", 2, "", first.version()))).isEmpty();
    assertThat(leases().all()).containsExactly(second);
    leases().remove("s:001");
    leases().remove("s:001");
    assertThat(leases().put(new Lease("s:001", "m3", 3, "", second.version()))).isEmpty();
    assertThat(leases().all()).isEmpty();
  }

  @Test
  void whenAnAnswerIsLost_theNextReadTells() {
    Lease first = leases().put(new Lease("s:001", "m1", 1, "", "")).orElseThrow();
    faults.next(1, FaultPolicy::isReplace, FaultPolicy.dropResponse());
    Optional<Lease> put = leases().put(new Lease("s:001", "m2", 2, "", first.version()));
    Lease now = leases().all().get(0);
    assertThat(now.owner()).isEqualTo("m2");
    assertThat(put.map(Lease::version).orElse(now.version())).isEqualTo(now.version());
  }
}
