package dev.tokenlife.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.Progress;
import dev.tokenlife.testing.ReferenceStore;
import dev.tokenlife.testing.Rows;
import dev.tokenlife.time.VirtualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup that broke off is continued by the same call, and loses and doubles nothing. */
final class BackupResumeTest {
  private static final List<String> TABLES = List.of("Attendance", "Sessions");

  @TempDir Path directory = Path.of("");
  private final ReferenceStore store = ReferenceStore.local();
  private final MemoryPlainTables plain = new MemoryPlainTables();

  private Path file() {
    return directory.resolve("backup.jsonl");
  }

  private Path part() {
    return directory.resolve("backup.jsonl.part");
  }

  @BeforeEach
  void fill() {
    for (int i = 0; i < 2_500; i++) {
      store.insert(Rows.fetched(ChainKey.of("spotify", "user-" + i)), List.of());
    }
    for (String table : TABLES) {
      plain.create(table);
      for (int i = 0; i < 1_001; i++) {
        plain.addMissing(table, List.of(new PlainRow("p", "row-" + i, Map.of("n", i))));
      }
    }
  }

  private Backup backup() {
    return Backup.of(store).source("here").tables(plain, TABLES);
  }

  /** Breaks off when a page has been written for the n-th time. */
  private static Consumer<Progress> unpluggedAt(int page) {
    int[] pages = {0};
    return progress -> {
      if (++pages[0] == page) {
        throw new IllegalStateException("unplugged");
      }
    };
  }

  @Test
  void whereverItBrokeOff_itIsContinued_andTheFileIsTheSame() throws IOException {
    backup().time(new VirtualTime()).writeTo(directory.resolve("whole.jsonl"));
    List<String> whole = Files.readAllLines(directory.resolve("whole.jsonl"));
    for (int page = 1; page <= 7; page++) {
      Backup unplugged = backup().time(new VirtualTime()).progress(unpluggedAt(page));
      assertThatThrownBy(() -> unplugged.writeTo(file())).hasMessage("unplugged");
      assertThat(file()).doesNotExist();
      // What was not yet noted as complete.
      Files.writeString(part(), "{\"kind\":\"cha", StandardOpenOption.APPEND);
      assertThat(backup().time(new VirtualTime()).writeTo(file()))
          .isEqualTo(new BackupReport(2_500, 0, 2_002, 0));
      assertThat(Files.readAllLines(file())).isEqualTo(whole);
      assertThat(directory.toFile().list())
          .containsExactlyInAnyOrder("backup.jsonl", "whole.jsonl");
      Files.delete(file());
    }
  }

  @Test
  void anotherSource_orOtherTables_areNotContinued() {
    assertThatThrownBy(() -> backup().progress(unpluggedAt(1)).writeTo(file()))
        .hasMessage("unplugged");
    for (Backup other :
        List.of(
            Backup.of(store).source("there").tables(plain, TABLES),
            Backup.of(store).source("here"))) {
      assertThatThrownBy(() -> other.writeTo(file()))
          .isInstanceOf(BackupException.class)
          .hasMessageContainingAll("begun from here", "start anew", part().toString());
    }
  }

  @Test
  void aNoteThatCannotBeRead_isSaidSo() throws IOException {
    Files.writeString(part(), "");
    Files.writeString(directory.resolve("backup.jsonl.progress"), "{");
    assertThatThrownBy(() -> backup().writeTo(file()))
        .isInstanceOf(BackupException.class)
        .hasMessageContaining("start anew");
  }

  @Test
  void progressIsTold_afterEveryPage_withATotalIfItWasCounted() {
    VirtualTime time = new VirtualTime();
    List<Progress> told = new ArrayList<>();
    Consumer<Progress> listener =
        progress -> {
          told.add(progress);
          time.advance(Duration.ofSeconds(1));
        };
    backup().time(time).countFirst(true).progress(listener).writeTo(file());
    assertThat(told)
        .extracting(Progress::done)
        .containsExactly(1_000L, 2_000L, 2_500L, 3_500L, 3_501L, 4_501L, 4_502L);
    assertThat(told).extracting(Progress::total).containsOnly(4_502L);
    assertThat(told.get(2).rate()).isEqualTo(1_250.0);
    assertThat(told.get(2).remaining()).isEqualTo(Duration.ofMillis(1_601));

    told.clear();
    Restore.into(ReferenceStore.local())
        .tables(new MemoryPlainTables())
        .time(time)
        .progress(listener)
        .from(file());
    assertThat(told.get(told.size() - 1).done()).isEqualTo(4_502);
    assertThat(told).extracting(Progress::total).containsOnly(4_502L);
  }

  @Test
  void withoutCounting_theTotalIsUnknown_andNothingIsSaidToRemain() {
    List<Progress> told = new ArrayList<>();
    Backup.of(store).progress(told::add).writeTo(file());
    assertThat(told).hasSize(3).allMatch(progress -> progress.total() == 0);
    assertThat(told).allMatch(progress -> progress.remaining().isZero());
  }
}
