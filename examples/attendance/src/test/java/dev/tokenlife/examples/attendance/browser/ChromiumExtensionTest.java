package dev.tokenlife.examples.attendance.browser;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Without a browser a user's build goes on, loudly; a build server's fails. */
final class ChromiumExtensionTest {
  @Test
  void aMissingBrowser_skipsForAUser_andFailsInCi() {
    assertThatThrownBy(() -> ChromiumExtension.require(Optional.empty(), false))
        .extracting(skip -> skip.getClass().getSimpleName())
        .isEqualTo("TestAbortedException");
    assertThatThrownBy(() -> ChromiumExtension.require(Optional.empty(), false))
        .hasMessageContaining("NOT tested");
    assertThatThrownBy(() -> ChromiumExtension.require(Optional.empty(), true))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Install chromium");
    assertThatCode(() -> ChromiumExtension.require(Optional.of(Path.of("chromium")), true))
        .doesNotThrowAnyException();
  }
}
