package dev.tokenlife.examples.fleet.view;

import dev.tokenlife.examples.fleet.record.Promise;
import dev.tokenlife.examples.fleet.record.Sample;
import dev.tokenlife.model.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Turns what was seen into lines for the terminal. */
public final class Board {
  private Board() {}

  /** Returns the block for people. */
  public static List<String> block(
      Sample sample, Duration length, Optional<Progress> progress, List<Promise> promises) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        say("%s of %s   %s", clock(sample.second()), clock(length.toSeconds()), sample.phase()));
    lines.add(progress.map(ProgressBar::of).orElse(""));
    lines.add("");
    lines.add("     guard         calls/s   queued       p50       p99    granted    429    503");
    sample.sites().forEach((name, site) -> lines.add(row(name, site)));
    lines.add("");
    lines.add(
        say(
            "reads %d/s, %d/s refused, 99 %% within %.2f ms   waiting %s   dead letters %d",
            sample.readsPerSecond(),
            sample.refusedPerSecond(),
            sample.readP99Millis(),
            queue(sample),
            sample.deadLetters()));
    lines.add(
        say(
            "promises: %d kept so far, %d broken, %d not tested yet",
            count(promises, Promise.Verdict.KEPT),
            count(promises, Promise.Verdict.BROKEN),
            count(promises, Promise.Verdict.UNTESTED)));
    return lines;
  }

  /** Returns the same in one line, for logs. */
  public static String line(Sample sample, Optional<Progress> progress) {
    String sites =
        sample.sites().entrySet().stream()
            .map(
                site ->
                    say(
                        "%s=%d/s,%s",
                        site.getKey(),
                        site.getValue().calls(),
                        site.getValue().state().replace(' ', '-')))
            .collect(Collectors.joining(" "));
    return say(
        "t=%ds %s %s reads=%d/s refused=%d/s waiting=%s dead=%d%s",
        sample.second(),
        sample.phase().replace(' ', '-'),
        sites,
        sample.readsPerSecond(),
        sample.refusedPerSecond(),
        queue(sample),
        sample.deadLetters(),
        progress.map(some -> " " + ProgressBar.of(some)).orElse(""));
  }

  private static String row(String name, Sample.SiteSample site) {
    return say(
        "  %-2s %-11s %9d %8d %6.0f ms %6.0f ms %10d %6d %6d%s",
        name,
        site.state(),
        site.calls(),
        site.queued(),
        site.p50Millis(),
        site.p99Millis(),
        site.granted(),
        site.throttled(),
        site.unavailable(),
        site.down() ? "  DOWN" : "");
  }

  private static String queue(Sample sample) {
    return sample.queue().entrySet().stream()
        .map(entry -> entry.getKey().toLowerCase(Locale.ROOT) + ":" + entry.getValue())
        .collect(Collectors.joining(","));
  }

  private static long count(List<Promise> promises, Promise.Verdict verdict) {
    return promises.stream().filter(promise -> promise.verdict() == verdict).count();
  }

  private static String clock(long seconds) {
    return say("%02d:%02d", seconds / 60, seconds % 60);
  }

  private static String say(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
