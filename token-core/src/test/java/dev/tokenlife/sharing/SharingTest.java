package dev.tokenlife.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.execution.ChainExecutor;
import dev.tokenlife.execution.Workers;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.spi.DueListing.DueChain;
import dev.tokenlife.spi.Lease;
import dev.tokenlife.spi.LeaseTable;
import dev.tokenlife.spi.Shards;
import dev.tokenlife.testing.CountingStore;
import dev.tokenlife.testing.ReferenceStore;
import dev.tokenlife.time.ProcessClock;
import dev.tokenlife.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Processes that share a store and nothing else, each with a time of its own. */
class SharingTest {
  private static final Duration BEAT = Duration.ofSeconds(3);

  private final ReferenceStore store = ReferenceStore.shared();

  /** One process: its clock moves only when told to. */
  private final class Member {
    final VirtualTime time = new VirtualTime();
    final List<DueChain> due = new ArrayList<>();
    final CountingStore counted = CountingStore.around(store);
    final Sharing sharing;

    Member(String label) {
      ProcessClock clock = new ProcessClock(time);
      ChainExecutor ids = new ChainExecutor(counted, clock);
      Workers here = Workers.of(Runnable::run);
      sharing = new Sharing(counted, clock, here, here, LeaseTimes.DEFAULT, label, ids::randomId);
      sharing.start(due::add);
    }

    @SuppressWarnings("unchecked")
    Set<Integer> owned() {
      return (Set<Integer>) sharing.status().getOrDefault("ownedShards", Set.of());
    }
  }

  private static void pass(Duration length, Member... processes) {
    for (long gone = 0; gone < length.toSeconds(); gone++) {
      for (Member process : processes) {
        process.time.advance(Duration.ofSeconds(1));
      }
    }
  }

  @Test
  void aloneMember_ownsEverything() {
    Member only = new Member("only");
    pass(BEAT, only);
    assertThat(only.owned()).hasSize(Shards.COUNT);
    assertThat(only.sharing.owns(ChainKey.of("music", "ada"))).isTrue();
    assertThat(only.sharing.remaining()).isPositive();
  }

  @Test
  void newcomer_getsItsShare_andNoShardHasTwoOwners() {
    Member first = new Member("first");
    pass(BEAT, first);
    Member second = new Member("second");
    pass(BEAT.multipliedBy(5), first, second);
    assertThat(first.owned()).hasSize(32);
    assertThat(second.owned()).hasSize(32);
    assertThat(first.owned()).doesNotContainAnyElementsOf(second.owned());
  }

  @Test
  void leavingProcess_isReplacedWithinSixSeconds() {
    Member first = new Member("first");
    Member second = new Member("second");
    pass(BEAT.multipliedBy(5), first, second);
    second.sharing.drain(BEAT);
    second.sharing.leave(true, BEAT);
    pass(Duration.ofSeconds(6), first);
    assertThat(first.owned()).hasSize(Shards.COUNT);
    assertThat(second.owned()).isEmpty();
  }

  @Test
  void deadProcess_isReplacedWithinTwentyFiveSeconds_andItsClaimsAreOpen() {
    Member first = new Member("first");
    Member second = new Member("second");
    pass(BEAT.multipliedBy(5), first, second);
    String dead = second.sharing.incarnation();
    assertThat(first.sharing.isDead(dead)).isFalse();
    pass(Duration.ofSeconds(25), first);
    assertThat(first.owned()).hasSize(Shards.COUNT);
    assertThat(first.sharing.isDead(dead)).isTrue();
    assertThat(first.sharing.isDead("never-seen")).isFalse();
  }

  @Test
  void pausedProcess_ownsNothingAfterItsLease_andComesBackUnderAnotherName() {
    Member first = new Member("first");
    Member second = new Member("second");
    pass(BEAT.multipliedBy(5), first, second);
    String before = second.sharing.incarnation();
    pass(Duration.ofSeconds(60), first);
    // The paused one wakes: its own ticker has moved on, but its timers have not run.
    second.time.stepWall(Duration.ofSeconds(60));
    pass(BEAT.multipliedBy(8), first, second);
    assertThat(second.sharing.incarnation()).isNotEqualTo(before);
    assertThat(first.sharing.isDead(before)).isTrue();
    Set<Integer> all = new HashSet<>(first.owned());
    assertThat(all).doesNotContainAnyElementsOf(second.owned());
    all.addAll(second.owned());
    assertThat(all).hasSize(Shards.COUNT);
  }

  @Test
  void threeProcesses_shareEvenly() {
    Member a = new Member("a");
    Member b = new Member("b");
    Member c = new Member("c");
    pass(BEAT.multipliedBy(10), a, b, c);
    assertThat(a.owned().size() + b.owned().size() + c.owned().size()).isEqualTo(Shards.COUNT);
    assertThat(List.of(a.owned().size(), b.owned().size(), c.owned().size()))
        .allSatisfy(size -> assertThat(size).isBetween(20, 22));
  }

  @Test
  void statusSaysWhoOwnsWhat() {
    Member only = new Member("only");
    pass(BEAT, only);
    Map<String, Object> status = only.sharing.status();
    assertThat(status).containsKeys("member", "members", "heartbeats", "scans");
    assertThat(status.get("shards")).isEqualTo(Shards.COUNT);
  }

  @Test
  void aHeartbeatThatTheStoreLost_isNoticed_andTheProcessStartsAgain() {
    Member only = new Member("only");
    pass(BEAT.multipliedBy(3), only);
    String before = only.sharing.incarnation();
    LeaseTable table = store.leases().orElseThrow();
    Lease own =
        table.all().stream().filter(row -> row.name().endsWith(before)).findFirst().orElseThrow();
    table.remove(own.name());
    table.put(new Lease(own.name(), own.owner(), own.counter() - 1, "", ""));
    pass(BEAT.multipliedBy(2), only);
    assertThat(only.sharing.status()).containsEntry("lostHeartbeats", 1L);
    assertThat(only.sharing.incarnation()).isNotEqualTo(before);
  }

  @Test
  void beingGivenUpByOthers_isNoLossOfTheStore() {
    Member a = new Member("a");
    Member b = new Member("b");
    pass(BEAT.multipliedBy(3), a, b);
    pass(Duration.ofSeconds(200), a);
    pass(BEAT.multipliedBy(3), a, b);
    assertThat(b.sharing.status()).containsEntry("lostHeartbeats", 0L);
    assertThat(b.sharing.status()).containsEntry("member", b.sharing.incarnation());
  }
}
