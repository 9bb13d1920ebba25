package dev.tokenlife.examples.cluster.view;

import dev.tokenlife.examples.cluster.verdict.Promise;
import dev.tokenlife.examples.cluster.verdict.Verdict;
import java.io.PrintStream;

/** The last thing that is shown. */
public final class Summary {
  private Summary() {}

  /** Prints every promise with what became of it. */
  public static void print(PrintStream out, Verdict verdict) {
    out.println();
    for (Promise promise : verdict.promises()) {
      String promised = promise.promised().isEmpty() ? "" : "   promised: " + promise.promised();
      String broken = promise.kept() ? "" : "   BROKEN";
      out.printf("%-50s %s%s%s%n", promise.what(), promise.figure(), promised, broken);
    }
    out.println(verdict.isKept() ? "every promise was kept" : "A PROMISE WAS BROKEN");
    out.flush();
  }
}
