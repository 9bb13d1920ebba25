package dev.tokenlife.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.testing.FullRows;
import dev.tokenlife.testing.ReferenceStore;
import dev.tokenlife.testing.Rows;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is no whole backup is refused as a whole, and the message names the line. */
final class BackupFileTest {
  private static final String CANARY = "canary-7f3a";

  @TempDir Path directory = Path.of("");
  private final ReferenceStore store = ReferenceStore.local();

  private Path file() {
    return directory.resolve("backup.jsonl");
  }

  private List<String> backup() throws IOException {
    store.insert(Rows.fetched(ChainKey.of("bank", "a")), List.of());
    store.insert(Rows.minted(ChainKey.of("session", "b")), List.of());
    Backup.of(store).writeTo(file());
    return new ArrayList<>(Files.readAllLines(file()));
  }

  private void refused(List<String> lines, String... says) throws IOException {
    Files.write(file(), lines, StandardCharsets.UTF_8);
    ReferenceStore target = ReferenceStore.local();
    assertThatThrownBy(() -> Restore.into(target).from(file()))
        .isInstanceOf(BackupException.class)
        .hasMessageContainingAll(says)
        .hasMessageNotContaining(CANARY);
    assertThat(target.size()).as("nothing is written").isZero();
  }

  @Test
  void aFileThatEndsTooEarly_isRefused_namingItsLastLine() throws IOException {
    List<String> lines = backup();
    for (int kept = 1; kept < lines.size(); kept++) {
      refused(lines.subList(0, kept), "line " + kept + ":", "not complete");
    }
    refused(List.of(), "line 0:", "not complete");
  }

  @Test
  void aLineThatIsCutOff_isRefused_namingIt() throws IOException {
    List<String> lines = backup();
    String chain = lines.get(1);
    for (int kept : new int[] {1, chain.length() / 2, chain.length() - 1}) {
      lines.set(1, chain.substring(0, kept));
      refused(lines, "line 2:", "cut off");
    }
    lines.set(1, chain + chain);
    refused(lines, "line 2:", "cut off or no JSON");
  }

  @Test
  void aFormatOfALaterRelease_isRefused_andSaidSo() throws IOException {
    List<String> lines = backup();
    lines.set(0, lines.get(0).replace("\"format\":1", "\"format\":2"));
    refused(lines, "line 1:", "format 2", "reads format 1", "with the release that wrote it");
  }

  @Test
  void linesThatAreMissingOrTooMany_areRefused() throws IOException {
    List<String> lines = backup();
    String first = lines.get(0);
    String chain = lines.get(1);
    String last = lines.get(lines.size() - 1);
    refused(List.of(first, chain, last), "line 3:", "lines are missing");
    refused(List.of(chain, last), "line 1:", "one first line");
    refused(List.of(first, first), "line 2:", "one first line");
    lines.add(chain);
    refused(lines, "line 5:", "behind the last line");
  }

  @Test
  void aLineOfAnUnknownKind_orWithoutItsParts_isRefused_withoutShowingIt() throws IOException {
    List<String> lines = backup();
    for (String wrong :
        List.of(
            CANARY,
            "[\"" + CANARY + "\"]",
            "{\"kind\":\"" + CANARY + "-" + CANARY + "\"}",
            "{\"kind\":\"chain\",\"row\":\"" + CANARY + "\"}",
            "{\"kind\":\"chain\",\"row\":{\"key\":{\"partition\":\"" + CANARY + "\",\"id\":\"\"}}}",
            "{\"kind\":\"chain\",\"row\":{\"key\":{\"partition\":\"p\",\"id\":\"i\"}}}",
            "{\"kind\":\"held\",\"partition\":\"" + CANARY + "\"}",
            "{\"kind\":\"effect\",\"effect\":{\"seq\":\"" + CANARY + "\"}}",
            "{\"kind\":\"epoch\"}",
            "{\"kind\":\"row\",\"table\":\"T\",\"partitionKey\":\"p\",\"rowKey\":\"r\","
                + "\"columns\":{\"x\":{\"int64\":\""
                + CANARY
                + "\"}}}",
            "{\"kind\":\"row\",\"table\":\"T\",\"partitionKey\":\"p\",\"rowKey\":\"r\","
                + "\"columns\":{\"x\":{\"vector\":\"1\"}}}")) {
      lines.set(1, wrong);
      refused(lines, "line 2:");
    }
  }

  @Test
  void whatALaterReleaseAdds_isIgnored() throws IOException {
    List<String> lines = backup();
    lines.set(1, lines.get(1).replace("\"row\":{", "\"added\":1,\"row\":{\"added\":{\"x\":[]},"));
    Files.write(file(), lines);
    assertThat(Restore.into(ReferenceStore.local()).from(file()).chains()).isEqualTo(2);
  }

  @Test
  void theFileIsAscii_andEveryKeyComesBack_evenHalfOfACharacter() throws IOException {
    for (String odd : List.of(FullRows.ODD, "half \uD83D", "line\nend", "日本", " ", "\u2028")) {
      store.insert(FullRows.full(ChainKey.of(odd, odd)), List.of());
    }
    Backup.of(store).writeTo(file());
    for (byte b : Files.readAllBytes(file())) {
      assertThat(b).isBetween((byte) 10, (byte) 126);
    }
    ReferenceStore target = ReferenceStore.local();
    Restore.into(target).from(file());
    assertThat(target.rows())
        .usingRecursiveComparison()
        .ignoringFields("control")
        .isEqualTo(store.rows());
  }

  @Test
  void aFileThatExists_isNotOverwritten() throws IOException {
    Files.writeString(file(), "precious");
    assertThatThrownBy(() -> Backup.of(store).writeTo(file()))
        .isInstanceOf(BackupException.class)
        .hasMessageContainingAll("exists", "another name");
    assertThat(file()).hasContent("precious");
  }

  @Test
  void aFileThatIsNotThere_orCannotBeWritten_isSaidSo() {
    Path nowhere = directory.resolve("nowhere/backup.jsonl");
    assertThatThrownBy(() -> Restore.into(store).from(nowhere))
        .isInstanceOf(BackupException.class)
        .hasMessageContaining("cannot be read");
    assertThatThrownBy(() -> Backup.of(store).writeTo(nowhere))
        .isInstanceOf(BackupException.class)
        .hasMessageContaining("cannot be written");
  }

  @Test
  void onlyItsOwner_mayReadIt() throws IOException {
    backup();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }
}
