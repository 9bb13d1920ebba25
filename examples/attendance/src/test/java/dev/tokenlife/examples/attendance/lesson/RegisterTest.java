package dev.tokenlife.examples.attendance.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tokenlife.examples.attendance.records.AppRow;
import dev.tokenlife.examples.attendance.records.AppStore;
import dev.tokenlife.examples.attendance.records.AppTable;
import dev.tokenlife.examples.attendance.records.MemoryAppStore;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.spi.Effect;
import dev.tokenlife.spi.EffectQueue;
import dev.tokenlife.spi.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RegisterTest {
  private final AppStore store = new MemoryAppStore();
  private final Waiting effects = new Waiting();
  private final Register register = new Register(effects, store);

  RegisterTest() {
    for (String name : List.of("anna", "ben")) {
      Person person = new Person(name, name, Person.Role.STUDENT);
      store.putIfAbsent(AppTable.ATTENDANCE, Attendee.joined("s", person, 1));
    }
  }

  @Test
  void anEffectThatIsDeliveredTwice_isAppliedOnce() {
    Effect effect = effect("ENTRY", 1, "anna", "ben", 5_000);
    effects.waiting.add(effect);
    register.update("s");
    AppRow first = row("anna");
    register.apply(effect);
    register.apply(effect("ENTRY", 1, "anna", "ben", 9_000));
    assertThat(row("anna")).isEqualTo(first);
    assertThat(first.seconds("presentAt")).isEqualTo(5L);
    assertThat(effects.waiting).isEmpty();
  }

  @Test
  void anAcknowledgementThatIsLost_losesNoMark_andDoublesNone() {
    effects.waiting.add(effect("EXIT", 1, "anna", "ben", 5_000));
    effects.failing = true;
    assertThatThrownBy(() -> register.update("s")).isInstanceOf(StoreException.class);
    effects.failing = false;
    register.update("s");
    assertThat(row("ben").seconds("exitedAt")).isEqualTo(5L);
    assertThat(row("ben").flag("exitVerified")).isTrue();
    assertThat(effects.waiting).isEmpty();
  }

  @Test
  void moreThanOneBatch_isWrittenToTheLast() {
    for (int seq = 1; seq <= 250; seq++) {
      effects.waiting.add(effect("ENTRY", seq, "nobody", seq == 250 ? "ben" : "nobody", 7_000));
    }
    register.update("s");
    assertThat(effects.waiting).isEmpty();
    assertThat(row("ben").seconds("presentAt")).isEqualTo(7L);
  }

  @Test
  void manyWritersOfOneRow_loseNoMark() throws Exception {
    List<Effect> all =
        List.of(
            effect("ENTRY", 1, "anna", "ben", 5_000),
            effect("LATE", 2, null, "ben", 5_000),
            effect("EARLY", 3, null, "ben", 5_000),
            effect("EXIT", 4, "anna", "ben", 5_000));
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        Effect effect = all.get(i % all.size());
        running.add(threads.submit(() -> register.apply(effect)));
      }
      for (Future<?> one : running) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(row("ben").columns())
        .containsEntry("presentAt", 5L)
        .containsEntry("lateAt", 5L)
        .containsEntry("leftEarlyAt", 5L)
        .containsEntry("exitedAt", 5L)
        .containsEntry("exitVerified", true)
        .containsEntry("joinedAt", 1L);
  }

  @Test
  void aReassignment_marksNobody() {
    register.apply(new Effect(ChainKey.of("s", "c"), 1, "ENTRY", "anna", "ben", 5_000, true));
    assertThat(row("anna").seconds("presentAt")).isNull();
    assertThat(row("ben").seconds("presentAt")).isNull();
  }

  private AppRow row(String student) {
    return store.get(AppTable.ATTENDANCE, "s", student).orElseThrow().row();
  }

  private static Effect effect(String type, long seq, @Nullable String from, String to, long at) {
    return new Effect(ChainKey.of("s", "c"), seq, type, from, to, at, false);
  }

  private static final class Waiting implements EffectQueue {
    private final List<Effect> waiting = new CopyOnWriteArrayList<>();
    private boolean failing;

    @Override
    public List<Effect> read(String partition, int limit) {
      return waiting.stream().limit(limit).toList();
    }

    @Override
    public void acknowledge(Effect effect) {
      if (failing) {
        throw new StoreException(StoreException.Kind.UNAVAILABLE, "down");
      }
      waiting.remove(effect);
    }
  }
}
