package dev.tokenlife.examples.fleet.view;

import dev.tokenlife.model.Progress;
import java.util.Locale;

/** How far something is, as one line. */
public final class ProgressBar {
  private static final int WIDTH = 30;

  private ProgressBar() {}

  /** Returns the line: a bar, the counts, the rate, and how long the rest takes. */
  public static String of(Progress progress) {
    double share = progress.total() == 0 ? 1 : progress.done() / (double) progress.total();
    int full = (int) (share * WIDTH);
    String bar = "#".repeat(full) + ".".repeat(WIDTH - full);
    return String.format(
        Locale.ROOT,
        "[%s] %3.0f %%  %d of %d  %.0f/s  %d s left%s",
        bar,
        share * 100,
        progress.done(),
        progress.total(),
        progress.rate(),
        progress.remaining().toSeconds(),
        progress.failed() == 0 ? "" : "  " + progress.failed() + " failed");
  }
}
