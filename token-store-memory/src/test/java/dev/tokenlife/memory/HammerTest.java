package dev.tokenlife.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.ChainState;
import dev.tokenlife.spi.Companion;
import dev.tokenlife.spi.CompanionChange;
import dev.tokenlife.spi.DueListing.DueChain;
import dev.tokenlife.spi.Effect;
import dev.tokenlife.spi.StoredChain;
import dev.tokenlife.spi.WriteResult;
import dev.tokenlife.testing.Race;
import dev.tokenlife.testing.Rows;
import dev.tokenlife.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Many threads on few chains. */
final class HammerTest {
  private static final ChainKey KEY = ChainKey.of("p", "hot");

  private final VirtualTime time = new VirtualTime();
  private final MemoryTokenStore store = MemoryTokenStore.builder().time(time).build();

  @Test
  void of64ThreadsOnOneChain_noHandOverIsLost_andEachLeavesOneEffect() {
    insert(Rows.minted(KEY, "nobody"), Companion.holderIndex("nobody", KEY));
    List<Integer> done = Race.of(64, number -> handOver("holder-" + number, 20));
    assertThat(done).containsOnly(20);
    StoredChain last = store.find(KEY).orElseThrow();
    assertThat(last.row().seq()).isEqualTo(64 * 20);
    assertThat(last.row().control().revision()).isEqualTo(64 * 20 + 1);
    List<Effect> effects = store.effects().read("p", 10_000);
    Set<Long> seqs = new HashSet<>();
    effects.forEach(effect -> seqs.add(effect.seq()));
    assertThat(effects).hasSize(64 * 20);
    assertThat(seqs).hasSize(64 * 20);
    assertThat(holders(64)).containsExactly(Rows.holder(last.row()));
    assertThat(store.companions()).as("one index entry and the effects").isEqualTo(64 * 20 + 1);
  }

  @Test
  void whileWritersRace_withAndWithoutCompanions_noneOverwritesAnother() {
    insert(Rows.minted(KEY, "nobody"), Companion.holderIndex("nobody", KEY));
    List<Integer> done =
        Race.of(16, number -> number % 2 == 0 ? handOver("h" + number, 50) : touch(50));
    assertThat(done).containsOnly(50);
    ChainRow last = store.find(KEY).orElseThrow().row();
    assertThat(last.control().revision()).isEqualTo(16 * 50 + 1);
    assertThat(last.seq()).isEqualTo(8 * 50);
  }

  @Test
  void whoSeesARow_seesAllItsCompanions() {
    List<Integer> missing =
        Race.of(2, number -> number == 0 ? insertWithManyCompanions() : timesSeenWithoutThem());
    assertThat(missing).containsOnly(0);
  }

  @Test
  void whileAChainPassesOn_somebodyAlwaysHoldsIt() {
    insert(Rows.minted(KEY, "nobody"), Companion.holderIndex("nobody", KEY));
    List<Integer> missing =
        Race.of(4, number -> number == 0 ? handOver("h", 300) - 300 : timesHeldByNobody());
    assertThat(missing).containsOnly(0);
  }

  @Test
  void whileManyRefreshOneChain_itIsDueOnlyAsItsRowSays() {
    insert(Rows.fetched(KEY, Rows.NOW));
    List<Integer> wrong =
        Race.of(8, number -> number == 0 ? timesDueLongAgo(500) : refresh(number, 200));
    assertThat(wrong).containsOnly(0);
    ChainRow last = store.find(KEY).orElseThrow().row();
    long dueAt = Optional.ofNullable(last.upstream()).orElseThrow().refreshAt();
    assertThat(due(Long.MAX_VALUE)).containsExactly(new DueChain(KEY, dueAt));
    assertThat(store.due().planned()).isEqualTo(1);
  }

  @Test
  void whileChainsEndComeBackAndAge_theCountsStayRight() {
    List<Integer> open = Race.of(9, number -> number == 0 ? letTimePass() : endAndRevive(number));
    long live = open.stream().mapToLong(Integer::longValue).sum();
    assertThat(store.liveChains()).isEqualTo(live);
    time.advance(Duration.ofDays(1));
    assertThat(store.chains()).isEqualTo(live);
    assertThat(store.due().planned()).isEqualTo(live);
    assertThat(time.armedTimers()).isZero();
  }

  private int handOver(String to, int times) {
    int done = 0;
    while (done < times) {
      StoredChain was = store.find(KEY).orElseThrow();
      ChainRow next = Rows.handedOver(was.row(), to);
      String from = Rows.holder(was.row());
      Effect effect = new Effect(KEY, next.seq(), "ENTRY", from, to, Rows.NOW, false);
      List<CompanionChange> changes = new ArrayList<>();
      changes.add(CompanionChange.insert(new Companion.EffectRow(effect)));
      if (!from.equals(to)) {
        changes.add(CompanionChange.delete(Companion.holderIndex(from, KEY)));
        changes.add(CompanionChange.insert(Companion.holderIndex(to, KEY)));
      }
      done += isWritten(store.replace(next, was.version(), changes)) ? 1 : 0;
    }
    return done;
  }

  private int touch(int times) {
    int done = 0;
    while (done < times) {
      StoredChain was = store.find(KEY).orElseThrow();
      done += isWritten(store.replace(Rows.next(was.row()), was.version(), List.of())) ? 1 : 0;
    }
    return done;
  }

  private int insertWithManyCompanions() {
    for (int round = 0; round < 100; round++) {
      ChainKey key = ChainKey.of("p" + round, "a");
      List<Companion> companions = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        companions.add(new Companion.HeldBefore("holder-" + i));
      }
      companions.add(
          new Companion.EffectRow(new Effect(key, 1, "ENTRY", null, "to", Rows.NOW, false)));
      insert(Rows.minted(key), companions.toArray(Companion[]::new));
    }
    return 0;
  }

  /** Returns how often a row was there and the last of its companions was not. */
  private int timesSeenWithoutThem() {
    int missing = 0;
    for (int round = 0; round < 100; round++) {
      ChainKey key = ChainKey.of("p" + round, "a");
      while (store.find(key).isEmpty()) {
        Thread.onSpinWait();
      }
      missing += store.effects().read(key.partition(), 1).isEmpty() ? 1 : 0;
    }
    return missing;
  }

  /** Only one hand-over changes the holder, so asking the old one first misses neither. */
  private int timesHeldByNobody() {
    int missing = 0;
    while (store.find(KEY).orElseThrow().row().seq() < 300) {
      missing += holders("nobody", "h").isEmpty() ? 1 : 0;
    }
    return missing;
  }

  /** Moves the time of the next refresh ahead with every write that wins. */
  private int refresh(int number, int tries) {
    for (int i = 0; i < tries; i++) {
      StoredChain was = store.find(KEY).orElseThrow();
      long dueAt = Rows.NOW + was.row().generation() * 1_000 + number;
      store.replace(Rows.refreshed(was.row(), dueAt), was.version(), List.of());
    }
    return 0;
  }

  /** Returns how often the chain was said to be due at a time that was replaced before. */
  private int timesDueLongAgo(int looks) {
    int wrong = 0;
    for (int i = 0; i < looks; i++) {
      long generation = store.find(KEY).orElseThrow().row().generation();
      wrong += due(Rows.NOW + (generation - 2) * 1_000).size();
    }
    return wrong;
  }

  private List<DueChain> due(long before) {
    return store.due().dueBefore(before, Optional.empty(), 10).items();
  }

  private int letTimePass() {
    for (int i = 0; i < 200; i++) {
      time.advance(Duration.ofMinutes(20));
    }
    return 0;
  }

  /** Ends and revives chains of its own; returns how many of them live at the end. */
  private int endAndRevive(int number) {
    for (int i = 0; i < 300; i++) {
      ChainKey key = ChainKey.of("p", "chain-" + number + "-" + i % 10);
      Optional<StoredChain> there = store.find(key);
      ChainRow fresh = Rows.fetched(key);
      if (there.isEmpty()) {
        insert(fresh);
      } else if (there.get().row().state().isFinal()) {
        WriteResult revived =
            store.replace(Rows.in(ChainState.ACTIVE, fresh), there.get().version(), List.of());
        assertThat(isWritten(revived) || store.find(key).isEmpty()).isTrue();
      } else {
        ChainRow closed = Rows.closed(there.get().row());
        assertThat(isWritten(store.replace(closed, there.get().version(), List.of()))).isTrue();
      }
    }
    int live = 0;
    for (int i = 0; i < 10; i++) {
      Optional<StoredChain> last = store.find(ChainKey.of("p", "chain-" + number + "-" + i));
      live += last.isPresent() && !last.get().row().state().isFinal() ? 1 : 0;
    }
    return live;
  }

  private List<String> holders(int count) {
    String[] names = new String[count];
    for (int i = 0; i < count; i++) {
      names[i] = "holder-" + i;
    }
    return holders(names);
  }

  private List<String> holders(String... names) {
    List<String> holding = new ArrayList<>();
    for (String name : names) {
      if (!store.listing().byHolder("p", name, Optional.empty(), 5).items().isEmpty()) {
        holding.add(name);
      }
    }
    return holding;
  }

  private void insert(ChainRow row, Companion... companions) {
    List<CompanionChange> changes =
        List.of(companions).stream().map(CompanionChange::insert).toList();
    assertThat(isWritten(store.insert(row, changes))).isTrue();
  }

  private static boolean isWritten(WriteResult result) {
    return result instanceof WriteResult.Written;
  }
}
