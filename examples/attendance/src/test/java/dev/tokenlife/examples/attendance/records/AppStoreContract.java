package dev.tokenlife.examples.attendance.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The laws of the tables. A store's test extends it and says how to make one. */
public abstract class AppStoreContract {
  /** Returns an empty store. */
  protected abstract AppStore store();

  @Test
  void aRow_isReadAsItWasWritten() {
    AppStore store = store();
    AppRow row = row("s1", "anna", 7L);
    assertThat(store.putIfAbsent(AppTable.ATTENDANCE, row)).isTrue();
    assertThat(store.get(AppTable.ATTENDANCE, "s1", "anna").orElseThrow().row()).isEqualTo(row);
    assertThat(store.get(AppTable.ATTENDANCE, "s1", "ben")).isEmpty();
    assertThat(store.get(AppTable.ATTENDANCE, "s2", "anna")).isEmpty();
    assertThat(store.get(AppTable.SESSIONS, "s1", "anna")).isEmpty();
  }

  @Test
  void aRowThatExists_isNotOverwrittenByAnInsert() {
    AppStore store = store();
    store.putIfAbsent(AppTable.ATTENDANCE, row("s1", "anna", 1L));
    assertThat(store.putIfAbsent(AppTable.ATTENDANCE, row("s1", "anna", 2L))).isFalse();
    assertThat(store.get(AppTable.ATTENDANCE, "s1", "anna").orElseThrow().row().seconds("at"))
        .isEqualTo(1L);
  }

  @Test
  void anUpdate_succeedsOnlyWithTheVersionThatWasRead() {
    AppStore store = store();
    store.putIfAbsent(AppTable.ATTENDANCE, row("s1", "anna", 1L));
    String version = store.get(AppTable.ATTENDANCE, "s1", "anna").orElseThrow().version();
    assertThat(store.update(AppTable.ATTENDANCE, row("s1", "anna", 2L), version)).isTrue();
    assertThat(store.update(AppTable.ATTENDANCE, row("s1", "anna", 3L), version)).isFalse();
    assertThat(store.update(AppTable.ATTENDANCE, row("s1", "ben", 3L), version)).isFalse();
    assertThat(store.get(AppTable.ATTENDANCE, "s1", "anna").orElseThrow().row().seconds("at"))
        .isEqualTo(2L);
  }

  @Test
  void whoAsksAgain_afterALostAnswer_findsThatTheRowIsTheirs() {
    AppStore store = store();
    assertThat(store.putIfAbsent(AppTable.ATTENDANCE, row("s1", "anna", 1L))).isTrue();
    assertThat(store.putIfAbsent(AppTable.ATTENDANCE, row("s1", "anna", 1L))).isTrue();
  }

  @Test
  void columnsThatAnUpdateDoesNotName_stay() {
    AppStore store = store();
    store.putIfAbsent(AppTable.ATTENDANCE, row("s1", "anna", 1L));
    String version = store.get(AppTable.ATTENDANCE, "s1", "anna").orElseThrow().version();
    AppRow part = new AppRow("s1", "anna", Map.of("at", 2L));
    assertThat(store.update(AppTable.ATTENDANCE, part, version)).isTrue();
    assertThat(store.get(AppTable.ATTENDANCE, "s1", "anna").orElseThrow().row())
        .isEqualTo(row("s1", "anna", 2L));
  }

  @Test
  void whatNoRowCanBeCalled_isNotFound() {
    AppStore store = store();
    for (String odd : List.of("", "a/b", "a\\b", "a#b", "a?b", "a\nb", "x".repeat(600), "\ud800")) {
      assertThat(store.get(AppTable.ATTENDANCE, odd, "anna")).isEmpty();
      assertThat(store.get(AppTable.ATTENDANCE, "s1", odd)).isEmpty();
    }
    store.putIfAbsent(AppTable.ATTENDANCE, row("it's", "o'brien", 1L));
    assertThat(store.get(AppTable.ATTENDANCE, "it's", "o'brien")).isPresent();
    assertThat(store.list(AppTable.ATTENDANCE, "it's")).hasSize(1);
  }

  @Test
  void ofManyWriters_exactlyOneInsertsAndExactlyOneUpdates() throws Exception {
    AppStore store = store();
    assertThat(winners(i -> store.putIfAbsent(AppTable.ATTENDANCE, row("s1", "anna", (long) i))))
        .isEqualTo(1);
    String version = store.get(AppTable.ATTENDANCE, "s1", "anna").orElseThrow().version();
    assertThat(
            winners(i -> store.update(AppTable.ATTENDANCE, row("s1", "anna", (long) -i), version)))
        .isEqualTo(1);
  }

  @Test
  void aPartition_isListedInTheOrderOfItsRows_andAlone() {
    AppStore store = store();
    store.putIfAbsent(AppTable.ATTENDANCE, row("s1", "ben", 1L));
    store.putIfAbsent(AppTable.ATTENDANCE, row("s1", "anna", 1L));
    store.putIfAbsent(AppTable.ATTENDANCE, row("s10", "carl", 1L));
    store.putIfAbsent(AppTable.SESSIONS, row("s1", "dora", 1L));
    assertThat(store.list(AppTable.ATTENDANCE, "s1"))
        .extracting(stored -> stored.row().id())
        .containsExactly("anna", "ben");
    assertThat(store.list(AppTable.ATTENDANCE, "s2")).isEmpty();
  }

  @Test
  void whatIsDeleted_isGone_andTheRestStays() {
    AppStore store = store();
    for (String student : List.of("anna", "ben", "carl")) {
      store.putIfAbsent(AppTable.ATTENDANCE, row("s1", student, 1L));
    }
    store.putIfAbsent(AppTable.ATTENDANCE, row("s2", "dora", 1L));
    assertThat(store.delete(AppTable.ATTENDANCE, "s1", "anna")).isTrue();
    assertThat(store.delete(AppTable.ATTENDANCE, "s1", "anna")).isFalse();
    assertThat(store.deletePartition(AppTable.ATTENDANCE, "s1")).isEqualTo(2);
    assertThat(store.list(AppTable.ATTENDANCE, "s1")).isEmpty();
    assertThat(store.list(AppTable.ATTENDANCE, "s2")).hasSize(1);
  }

  private static AppRow row(String partition, String id, Long at) {
    return new AppRow(partition, id, Map.of("at", at, "name", "Ä " + id, "done", true));
  }

  private interface Attempt {
    boolean by(int number) throws Exception;
  }

  private static int winners(Attempt attempt) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      List<Callable<Boolean>> attempts = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        int number = i;
        attempts.add(() -> attempt.by(number));
      }
      int winners = 0;
      for (Future<Boolean> won : threads.invokeAll(attempts)) {
        winners += won.get() ? 1 : 0;
      }
      return winners;
    } finally {
      threads.shutdownNow();
    }
  }
}
