package dev.tokenlife.azure.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** Without Node.js a user's build goes on, loudly; a build server's fails. */
final class AzuriteExtensionTest {
  @Test
  void whatIsMissing_skipsForAUser_andFailsInCi() {
    Optional<String> missing = Optional.of("there is no Node.js");
    assertThatThrownBy(() -> AzuriteExtension.require(missing, false))
        .isInstanceOf(TestAbortedException.class)
        .hasMessageContaining("NOT tested");
    assertThatThrownBy(() -> AzuriteExtension.require(missing, true))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Install Node.js");
    assertThatCode(() -> AzuriteExtension.require(Optional.empty(), true))
        .doesNotThrowAnyException();
  }

  @Test
  void theLockFile_pinsTheVersion_andNamesNoPlaceToDownloadFrom() throws IOException {
    try (InputStream in =
        AzuriteExtensionTest.class.getResourceAsStream("/emulator/package-lock.json")) {
      String lock = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      assertThat(lock).contains("\"azurite\": \"3.35.0\"").doesNotContain("\"resolved\"");
    }
  }
}
