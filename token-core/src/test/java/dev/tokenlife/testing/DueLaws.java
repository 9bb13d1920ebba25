package dev.tokenlife.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.ChainState;
import dev.tokenlife.spi.DueListing.DueChain;
import dev.tokenlife.spi.Page;
import dev.tokenlife.spi.Shards;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * A chain is due before a time if and only if it is fetched, active, has something from its
 * upstream, and wants its refresh before that time.
 */
public interface DueLaws extends StoreLaws {
  @Test
  default void withoutChains_nothingIsDue() {
    assertThat(store().due().dueBefore(Long.MAX_VALUE, Optional.empty(), 10))
        .isEqualTo(new Page<DueChain>(List.of(), Optional.empty()));
    assertThat(store().due().planned()).isZero();
  }

  @Test
  default void aChain_isDueBeforeATime_exclusively() {
    ChainRow row = Rows.fetched(chain("a"), Rows.NOW + 1_000);
    inserted(row);
    assertThat(due(Rows.NOW + 999, 5)).isEmpty();
    assertThat(due(Rows.NOW + 1_000, 5)).isEmpty();
    assertThat(due(Rows.NOW + 1_001, 5)).containsExactly(new DueChain(row.key(), Rows.NOW + 1_000));
  }

  @Test
  default void onlyActiveFetchedChainsWithAnUpstream_areDue() {
    inserted(Rows.minted(chain("minted")));
    inserted(Rows.opened(chain("opened")));
    for (ChainState state : ChainState.values()) {
      inserted(Rows.in(state, Rows.fetched(chain(state.name()), Rows.NOW)));
    }
    assertThat(due(Long.MAX_VALUE, 5)).containsExactly(new DueChain(chain("ACTIVE"), Rows.NOW));
    assertThat(store().due().planned()).isEqualTo(1);
  }

  @Test
  default void aRefreshedChain_isDueAtItsNewTimeOnly() {
    ChainRow row = Rows.fetched(chain("a"), Rows.NOW);
    String version = inserted(row);
    ChainRow refreshed = Rows.refreshed(row, Rows.NOW + 5_000);
    version = replaced(refreshed, version);
    assertThat(due(Rows.NOW + 5_000, 5)).isEmpty();
    assertThat(due(Rows.NOW + 5_001, 5)).containsExactly(new DueChain(row.key(), Rows.NOW + 5_000));
    replaced(Rows.refreshed(refreshed, Rows.NOW - 5_000), version);
    assertThat(due(Rows.NOW, 5)).containsExactly(new DueChain(row.key(), Rows.NOW - 5_000));
    assertThat(store().due().planned()).isEqualTo(1);
  }

  @Test
  default void aWriteThatLeavesTheTime_leavesTheChainDueOnce() {
    ChainRow row = Rows.fetched(chain("a"), Rows.NOW);
    replaced(Rows.next(row), inserted(row));
    assertThat(due(Long.MAX_VALUE, 5)).containsExactly(new DueChain(row.key(), Rows.NOW));
  }

  @Test
  default void aChainThatIsOverSuspendedOrGone_isDueNoMore() {
    ChainRow closed = Rows.fetched(chain("closed"), Rows.NOW);
    ChainRow suspended = Rows.fetched(chain("suspended"), Rows.NOW);
    ChainRow deleted = Rows.fetched(chain("deleted"), Rows.NOW);
    replaced(Rows.closed(closed), inserted(closed));
    String version = replaced(Rows.in(ChainState.SUSPENDED, suspended), inserted(suspended));
    assertThat(store().delete(deleted.key(), inserted(deleted))).isTrue();
    assertThat(due(Long.MAX_VALUE, 5)).isEmpty();
    assertThat(store().due().planned()).isZero();
    replaced(suspended, version);
    assertThat(due(Long.MAX_VALUE, 5)).containsExactly(new DueChain(suspended.key(), Rows.NOW));
  }

  @Test
  default void aLostWrite_changesNoTime() {
    ChainRow row = Rows.fetched(chain("a"), Rows.NOW);
    String spent = inserted(row);
    replaced(Rows.next(row), spent);
    winner(store().replace(Rows.refreshed(row, Rows.NOW + 5_000), spent, List.of()));
    winner(store().insert(Rows.fetched(row.key(), Rows.NOW - 5_000), List.of()));
    assertThat(due(Long.MAX_VALUE, 5)).containsExactly(new DueChain(row.key(), Rows.NOW));
  }

  @Test
  default void whatIsDue_isFoundOnceInWhateverPartition_soonestFirstWithinAPage() {
    Set<DueChain> expected = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      long dueAt = Rows.NOW + (i * 7 % 20) * 1_000L;
      ChainKey key = ChainKey.of("partition-" + i % 3, "chain-" + i);
      inserted(Rows.fetched(key, dueAt));
      if (dueAt < Rows.NOW + 15_000) {
        expected.add(new DueChain(key, dueAt));
      }
    }
    for (int limit : List.of(1, 2, 7, 15, 16, 100)) {
      List<DueChain> found = due(Rows.NOW + 15_000, limit);
      assertThat(found).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(expected);
    }
    assertThat(store().due().planned()).isEqualTo(20);
  }

  @Test
  default void chainsDueAtTheSameTime_areAllFound() {
    List<ChainKey> keys = new ArrayList<>();
    for (String partition : List.of("a", "ab", "a/b")) {
      for (String id : List.of("b/c", "bc", "c", "d")) {
        keys.add(ChainKey.of(partition, id));
      }
    }
    keys.forEach(key -> inserted(Rows.fetched(key, Rows.NOW)));
    for (int limit = 1; limit <= 7; limit++) {
      assertThat(due(Rows.NOW + 1, limit))
          .extracting(DueChain::key)
          .containsExactlyInAnyOrderElementsOf(keys);
    }
  }

  @Test
  default void aShard_isAskedForItsOwnChains_andAllShardsTogetherForAll() {
    Set<DueChain> expected = new HashSet<>();
    for (int i = 0; i < 40; i++) {
      ChainKey key = ChainKey.of("partition-" + i % 3, "chain-" + i);
      inserted(Rows.fetched(key, Rows.NOW + i));
      if (i < 30) {
        expected.add(new DueChain(key, Rows.NOW + i));
      }
    }
    List<DueChain> found = new ArrayList<>();
    for (int i = 0; i < Shards.COUNT; i++) {
      int shard = i;
      List<DueChain> own = all(3, at -> store().due().dueBefore(shard, Rows.NOW + 30, at, 3));
      assertThat(own).allMatch(due -> Shards.of(due.key()) == shard);
      found.addAll(own);
    }
    assertThat(found).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(expected);
  }

  private List<DueChain> due(long before, int limit) {
    return all(
        limit,
        at -> {
          Page<DueChain> page = store().due().dueBefore(before, at, limit);
          assertThat(page.items()).isSortedAccordingTo(Comparator.comparing(DueChain::dueAt));
          return page;
        });
  }
}
