package dev.tokenlife.examples.storetool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.Progress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is wrong before anything is sent ends with 2, and says which variable or word it is. */
final class CommandLineTest {
  private static final String CANARY = "Y2FuYXJ5LWtleQ==";

  // Nobody listens there.
  private static final Map<String, String> NOWHERE =
      Map.of(
          "AZURE_STORAGE_CONNECTION_STRING",
          "AccountName=account1;AccountKey="
              + CANARY
              + ";TableEndpoint=http://127.0.0.1:1/account1;");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(Map<String, String> environment, String... args) {
    out.reset();
    err.reset();
    return Main.run(
        List.of(args),
        environment,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private String said() {
    return out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void withoutAnAccount_everyCommandNamesTheVariable_andTheNextStep() {
    for (String[] args :
        List.of(
            new String[] {"init-tables"},
            new String[] {"list", "Chains"},
            new String[] {"count", "Chains", "p"},
            new String[] {"show", "Chains"},
            new String[] {"backup", "file"},
            new String[] {"restore", "file"})) {
      assertThat(run(Map.of("AZURE_STORAGE_CONNECTION_STRING", " "), args)).isEqualTo(2);
      assertThat(said())
          .contains("AZURE_STORAGE_CONNECTION_STRING is missing", "AZURE_STORAGE_ACCOUNT");
    }
  }

  @Test
  void wordsThatAreMissing_tooMany_orUnknown_areSaidSo() {
    assertThat(run(NOWHERE)).isEqualTo(2);
    assertThat(said()).contains("--help");
    assertThat(run(NOWHERE, "dump")).isEqualTo(2);
    assertThat(said()).contains("'dump'", "--help");
    for (String[] args :
        List.of(
            new String[] {"list"},
            new String[] {"list", "Chains", "p", "more"},
            new String[] {"init-tables", "more"},
            new String[] {"restore"})) {
      assertThat(run(NOWHERE, args)).isEqualTo(2);
      assertThat(said()).contains("usage: " + args[0]);
    }
    assertThat(run(NOWHERE, "backup", "file", "--cuont")).isEqualTo(2);
    assertThat(said()).contains("--cuont");
  }

  @Test
  void help_needsNoAccount_andTellsOfAllCommandsOrOne() {
    assertThat(run(Map.of(), "--help")).isZero();
    assertThat(said())
        .contains("init-tables", "list <table>", "count <table>", "show <table>", "backup <file>")
        .contains("restore <file>", "TABLE_PREFIX", "APP_TABLES", "exit code");
    assertThat(run(Map.of(), "restore", "--help")).isZero();
    assertThat(said())
        .contains("restore <file>", "AZURE_STORAGE_ACCOUNT")
        .doesNotContain("backup <");
  }

  @Test
  void settingsThatCannotBeRight_areNamed_withoutTheKey() {
    assertThat(run(Map.of("AZURE_STORAGE_CONNECTION_STRING", "key=" + CANARY), "init-tables"))
        .isEqualTo(2);
    assertThat(said()).contains("AZURE_STORAGE_CONNECTION_STRING").doesNotContain(CANARY);
    assertThat(run(Map.of("AZURE_STORAGE_ACCOUNT", "https://account1"), "init-tables"))
        .isEqualTo(2);
    assertThat(said()).contains("AZURE_STORAGE_ACCOUNT is a name");
    for (Map.Entry<String, String> wrong :
        Map.of("TABLE_PREFIX", "my_", "APP_TABLES", "Sessions,my_table").entrySet()) {
      Map<String, String> environment = new java.util.HashMap<>(NOWHERE);
      environment.put(wrong.getKey(), wrong.getValue());
      assertThat(run(environment, "init-tables")).isEqualTo(2);
      assertThat(said()).contains(wrong.getKey()).doesNotContain(CANARY);
    }
  }

  @Test
  void anAccountThatDoesNotAnswer_endsWith1_andShowsNoKey() {
    assertThat(run(NOWHERE, "init-tables")).isEqualTo(1);
    assertThat(said()).contains("UNAVAILABLE").doesNotContain(CANARY);
  }

  @Test
  void theApplicationsTables_mayBeOthers_orNone() {
    assertThat(new Settings(Map.of()).appTables())
        .containsExactly("Sessions", "Attendance", "UserSessions");
    assertThat(new Settings(Map.of("APP_TABLES", "")).appTables()).isEmpty();
    assertThat(new Settings(Map.of("APP_TABLES", " One , Two,One")).appTables())
        .containsExactly("One", "Two");
  }

  @Test
  void progress_saysWhatIsLeft_ifThereIsATotal() {
    assertThat(Moves.text(new Progress(500, 0, 0, Duration.ofSeconds(2))))
        .isEqualTo("500 done, 250/s");
    assertThat(Moves.text(new Progress(500, 0, 2_000, Duration.ofSeconds(2))))
        .isEqualTo("500 of 2000, 250/s, 6 s left");
  }
}
