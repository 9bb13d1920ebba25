package dev.tokenlife.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.spi.Lease;
import dev.tokenlife.spi.LeaseTable;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** A lease belongs to whoever was first; only for stores that have leases. */
public interface LeaseLaws extends StoreLaws {
  @Test
  default void anEmptyLeaseTable_hasNoRows() {
    assertThat(leases().all()).isEmpty();
  }

  @Test
  default void everyField_ofALease_isReadAsItWasWritten() {
    Lease full = put(new Lease("m:node 1-_é", "host é, pid 7", 1L << 60, "dead", ""));
    Lease bare = put(new Lease("s:007", "", 0, "", ""));
    assertThat(full.version()).isNotEmpty();
    assertThat(full)
        .isEqualTo(new Lease("m:node 1-_é", "host é, pid 7", 1L << 60, "dead", v(full)));
    assertThat(bare).isEqualTo(new Lease("s:007", "", 0, "", v(bare)));
    assertThat(leases().all()).containsExactlyInAnyOrder(full, bare);
  }

  @Test
  default void aLease_isInsertedOnce_andThenReplacedOnlyWithItsVersion() {
    Lease first = put(shard("one", 1, ""));
    assertThat(leases().put(shard("two", 1, ""))).isEmpty();
    Lease second = put(shard("two", 2, v(first)));
    assertThat(leases().put(shard("three", 2, v(first)))).isEmpty();
    assertThat(second.version()).isNotEqualTo(first.version());
    assertThat(leases().all()).containsExactly(second);
  }

  @Test
  default void aLeaseThatIsGone_isNotReplaced_butCanBeInserted() {
    Lease lease = put(shard("one", 1, ""));
    leases().remove(lease.name());
    leases().remove(lease.name());
    assertThat(leases().all()).isEmpty();
    assertThat(leases().put(shard("one", 2, v(lease)))).isEmpty();
    Lease again = put(shard("one", 1, ""));
    assertThat(again.version()).isNotEqualTo(lease.version());
  }

  @Test
  default void removing_asksForNoVersion_andTouchesNoOtherRow() {
    Lease kept = put(new Lease("m:a", "", 1, "", ""));
    Lease gone = put(new Lease("m:ab", "", 1, "", ""));
    put(new Lease("m:ab", "", 2, "", v(gone)));
    leases().remove("m:ab");
    assertThat(leases().all()).containsExactly(kept);
  }

  @Test
  default void ofManyWhoWantALease_oneGetsIt() {
    assertThat(winners("")).hasSize(1);
    Lease held = leases().all().get(0);
    assertThat(winners(v(held))).hasSize(1).doesNotContain(held);
    assertThat(leases().all()).hasSize(1);
  }

  @Test
  default void leases_areNoChains() {
    put(shard("one", 1, ""));
    inserted(Rows.fetched(chain("a")));
    assertThat(leases().all()).hasSize(1);
    assertThat(all(5, at -> store().listing().byPartition("partition-1", at, 5))).hasSize(1);
    assertThat(store().due().planned()).isEqualTo(1);
  }

  private List<Lease> winners(String version) {
    List<Optional<Lease>> answers =
        Race.of(16, number -> leases().put(shard("node-" + number, 1, version)));
    List<Lease> winners = answers.stream().flatMap(Optional::stream).toList();
    assertThat(leases().all()).containsExactlyElementsOf(winners);
    return winners;
  }

  private LeaseTable leases() {
    Optional<LeaseTable> leases = store().leases();
    Assumptions.assumeTrue(leases.isPresent(), "this store has no leases");
    return leases.orElseThrow();
  }

  private Lease put(Lease lease) {
    Optional<Lease> written = leases().put(lease);
    assertThat(written).as("%s is written", lease).isPresent();
    return written.orElseThrow();
  }

  private static Lease shard(String owner, long epoch, String version) {
    return new Lease("s:001", owner, epoch, "", version);
  }

  private static String v(Lease lease) {
    return lease.version();
  }
}
