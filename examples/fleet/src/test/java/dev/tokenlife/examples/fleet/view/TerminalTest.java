package dev.tokenlife.examples.fleet.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TerminalTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @Test
  void elsewhereThanOnATerminal_thereAreNoControlCodes() {
    Terminal terminal = terminal(false);
    terminal.refresh(List.of("a", "b"), "one");
    terminal.refresh(List.of("a", "b"), "two");
    assertThat(text()).isEqualTo(String.format("one%ntwo%n")).doesNotContain("\033");
  }

  @Test
  void onATerminal_theBlockIsWrittenOverTheLastOne() {
    Terminal terminal = terminal(true);
    terminal.refresh(List.of("a", "b"), "one");
    assertThat(text()).doesNotContain("\033[2A");
    terminal.refresh(List.of("c", "d"), "two");
    assertThat(text()).contains("\033[2A").endsWith(String.format("\033[2Kc%n\033[2Kd%n"));
  }

  @Test
  void aLineThatStays_isNotWrittenOver() {
    Terminal terminal = terminal(true);
    terminal.refresh(List.of("a"), "one");
    terminal.say("stays");
    terminal.refresh(List.of("b"), "two");
    assertThat(text()).doesNotContain("\033[1A");
  }

  private Terminal terminal(boolean interactive) {
    return new Terminal(new PrintStream(bytes, true, StandardCharsets.UTF_8), interactive);
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
