package dev.tokenlife.examples.storetool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.backup.PlainRow;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is printed of a row holds no secret, whatever is in it. */
final class RowTextTest {
  private static final String CANARY = "canary-5d1c";

  @Test
  void ofTheLibrarysTables_onlyWhatIsKnownToBeHarmless_isShown() {
    PlainRow row =
        new PlainRow(
            "session-7",
            "c:1",
            Map.of("state", "ACTIVE", "seq", 3L, "data", CANARY, "data1", CANARY, "new", CANARY));
    for (String table : new String[] {"Chains", "prodChains", "DueIndex", "Leases", "Tokens"}) {
      assertThat(RowText.columns(table, row))
          .startsWith("session-7\tc:1\n")
          .contains("state = ACTIVE", "seq = 3", "data = (hidden, 11 characters)", "new = (hidden")
          .doesNotContain(CANARY);
    }
  }

  @Test
  void ofOtherTables_whatSoundsLikeASecret_isHidden() {
    PlainRow row =
        new PlainRow(
            "p",
            "r",
            Map.of(
                "joinedAt", 1_893_456_000L,
                "accessToken", CANARY,
                "clientSecret", CANARY,
                "PASSWORD", CANARY,
                "joinCode", CANARY,
                "apiKey", CANARY,
                "cookie", new byte[] {1, 2}));
    assertThat(RowText.columns("Sessions", row))
        .contains("joinedAt = 1893456000", "cookie = (hidden, 2 bytes)")
        .doesNotContain(CANARY);
  }

  @Test
  void keysThatAreCodesThemselves_areHidden() {
    PlainRow row = new PlainRow("session-7", CANARY, Map.of("code", CANARY));
    assertThat(RowText.key("QRTokens", row)).isEqualTo("session-7\t(hidden, 11 characters)");
    assertThat(RowText.columns("QRTokens", row)).doesNotContain(CANARY);
  }

  @Test
  void noRow_movesTheCursor() {
    PlainRow row = new PlainRow("p\u001b[2J", "r\n", Map.of("a", "b\u009b1m", "c\r", "\ud800"));
    assertThat(RowText.columns("Sessions", row)).isEqualTo("p?[2J\tr?\n    a = b?1m\n    c? = ?");
  }
}
