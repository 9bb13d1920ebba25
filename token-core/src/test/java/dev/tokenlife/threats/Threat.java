package dev.tokenlife.threats;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;

/**
 * What somebody may try, what stands against it, and how it is known to stand.
 *
 * @param name what somebody tries, or what goes wrong
 * @param test the law that must fail without the defence: class and method, below dev.tokenlife
 * @param removal what takes the defence away
 */
record Threat(String name, String test, List<Edit> removal) {
  private static final String ROOT = "dev.tokenlife.";

  /**
   * A single replacement in a source file of the module.
   *
   * @param defence the class, below dev.tokenlife, and the method that is changed
   * @param from a text that occurs once in the file
   * @param to what takes its place
   */
  record Edit(String defence, String from, String to) {
    String file() {
      return ROOT.replace('.', '/')
          + defence.substring(0, defence.lastIndexOf('.')).replace('.', '/')
          + ".java";
    }

    /** Returns the source without this defence. */
    String applied(String source) {
      int at = source.indexOf(from);
      if (at < 0 || source.indexOf(from, at + 1) >= 0) {
        throw new IllegalStateException(
            "the defence " + defence + " has moved: '" + from + "' must occur once in " + file());
      }
      return source.substring(0, at) + to + source.substring(at + from.length());
    }
  }

  /** The row of docs/threats.md. */
  String row() {
    return "| " + name + " | `" + removal.get(0).defence() + "` | `" + test + "` |";
  }

  /** Returns the method of the test; there must be one of that name. */
  Method method() {
    int at = test.lastIndexOf('.');
    try {
      return Arrays.stream(Class.forName(ROOT + test.substring(0, at)).getDeclaredMethods())
          .filter(method -> method.getName().equals(test.substring(at + 1)))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("there is no test " + test));
    } catch (ClassNotFoundException gone) {
      throw new IllegalStateException("there is no test class of " + test, gone);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
