package dev.tokenlife.examples.cluster.view;

import dev.tokenlife.examples.cluster.member.Member;
import dev.tokenlife.examples.cluster.member.Member.State;
import dev.tokenlife.examples.cluster.step.Stage;
import dev.tokenlife.spi.Shards;
import java.io.Console;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Who owns which shard and who refreshes, once a second. On a terminal it is one block that is
 * drawn in place; elsewhere a line every five seconds, without control codes.
 */
public final class Screen {
  private static final int LINE_EVERY = 5;

  private final long started = System.nanoTime();
  private final boolean interactive = isTerminal();
  private final PrintStream out;
  private final Stage stage;
  private final Thread painter = new Thread(this::paintOn, "screen");
  private int height;
  private int ticks;

  public Screen(PrintStream out, Stage stage) {
    this.out = out;
    this.stage = stage;
    painter.setDaemon(true);
  }

  /** Begins to draw. */
  public void show() {
    painter.start();
  }

  /** Draws nothing more. */
  public void hide() throws InterruptedException {
    painter.interrupt();
    painter.join();
  }

  private void paintOn() {
    try {
      while (true) {
        paint();
        Thread.sleep(1_000);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void paint() {
    if (interactive) {
      if (height > 0) {
        out.print("\033[" + height + "A");
      }
      List<String> block = block();
      block.forEach(row -> out.println("\033[2K" + row));
      height = block.size();
    } else if (ticks++ % LINE_EVERY == 0) {
      out.println(headline() + "   " + shards());
    }
    out.flush();
  }

  private List<String> block() {
    List<String> rows = new ArrayList<>();
    rows.add(headline());
    rows.add("shards  " + shards());
    for (Member member : stage.members().all()) {
      rows.add(row(member));
    }
    return rows;
  }

  private String headline() {
    return String.format(
        Locale.ROOT,
        "%4d s  %-40s refreshes %6d  second uses %d",
        (System.nanoTime() - started) / 1_000_000_000L,
        stage.now(),
        stage.ledger().refreshes(),
        stage.ledger().secondUses().size());
  }

  private String row(Member member) {
    return String.format(
        Locale.ROOT,
        "%c  %-4s %-8s %2d shards  refreshed %6d (%d for callers)  at the server %2d"
            + "  reads %d (%d refused)  requests %d",
        letter(member),
        member.name(),
        member.state().name().toLowerCase(Locale.ROOT),
        member.isRunning() ? member.status().owned().size() : 0,
        member.status().refreshes(),
        member.status().byCaller(),
        stage.ledger().inFlight(member.name()),
        member.status().reads(),
        member.status().refusals(),
        member.status().requests());
  }

  /** A letter for each shard: its owner's; a dot where nobody says so. */
  private String shards() {
    StringBuilder bar = new StringBuilder(".".repeat(Shards.COUNT));
    for (Member member : stage.members().all()) {
      if (member.state() == State.RUNNING || member.state() == State.CUT) {
        member.status().owned().forEach(shard -> bar.setCharAt(shard, letter(member)));
      }
    }
    return bar.toString();
  }

  private char letter(Member member) {
    return (char) ('A' + stage.members().all().indexOf(member) % 26);
  }

  /**
   * From JDK 22 on there is a console without a terminal too, and it can say so: both are asked.
   */
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isTerminal() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
    } catch (NoSuchMethodException older) {
      return true;
    } catch (IllegalAccessException | InvocationTargetException unknown) {
      return false;
    }
  }
}
