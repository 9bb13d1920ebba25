package dev.tokenlife.examples.fleet.view;

import java.io.Console;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.util.List;

/**
 * Where the summary goes. On a terminal it is one block that is refreshed in place; elsewhere it is
 * plain lines, without control codes.
 */
public final class Terminal {
  private final PrintStream out;
  private final boolean interactive;
  private int height;

  Terminal(PrintStream out, boolean interactive) {
    this.out = out;
    this.interactive = interactive;
  }

  /** Returns this process' terminal. */
  public static Terminal standard() {
    return new Terminal(System.out, isTerminal());
  }

  /** Prints a line that stays. */
  public synchronized void say(String line) {
    out.println(line);
    out.flush();
    height = 0;
  }

  /** Refreshes the block; elsewhere than on a terminal prints the one line instead. */
  public synchronized void refresh(List<String> block, String line) {
    if (!interactive) {
      out.println(line);
    } else {
      if (height > 0) {
        out.print("\033[" + height + "A");
      }
      block.forEach(row -> out.println("\033[2K" + row));
      height = block.size();
    }
    out.flush();
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
