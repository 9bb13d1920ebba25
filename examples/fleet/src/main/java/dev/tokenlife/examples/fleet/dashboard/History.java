package dev.tokenlife.examples.fleet.dashboard;

import dev.tokenlife.examples.fleet.record.Promise;
import dev.tokenlife.examples.fleet.record.Sample;
import dev.tokenlife.model.DeadLetter;
import dev.tokenlife.model.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the dashboard shows: the samples so far, and how things stand. Safe for use by threads. */
public final class History {
  private static final int LETTERS_SHOWN = 50;

  private final List<Sample> samples = new ArrayList<>();
  private Map<String, Object> now = Map.of();

  /** Nothing was seen yet. */
  public History() {}

  /** Adds what a second was like. */
  public synchronized void add(Sample sample) {
    samples.add(sample);
  }

  /** Says how things stand. */
  public synchronized void now(
      Duration length,
      Optional<Progress> progress,
      List<Promise> promises,
      List<DeadLetter> letters) {
    Map<String, Object> next = new LinkedHashMap<>();
    next.put("lengthSeconds", length.toSeconds());
    progress.ifPresent(some -> next.put("progress", describe(some)));
    next.put("promises", promises);
    next.put("deadLetters", letters.stream().limit(LETTERS_SHOWN).map(History::describe).toList());
    now = next;
  }

  /** Returns how things stand, and the samples from this one on. */
  synchronized Map<String, Object> from(int first) {
    Map<String, Object> answer = new LinkedHashMap<>(now);
    int from = Math.min(Math.max(0, first), samples.size());
    answer.put("samples", List.copyOf(samples.subList(from, samples.size())));
    return answer;
  }

  private static Map<String, Object> describe(Progress progress) {
    return Map.of(
        "done", progress.done(),
        "failed", progress.failed(),
        "total", progress.total(),
        "rate", progress.rate(),
        "remainingSeconds", progress.remaining().toSeconds());
  }

  private static Map<String, Object> describe(DeadLetter letter) {
    return Map.of(
        "key", letter.key().toString(),
        "kind", letter.failure().kind().name(),
        "count", letter.failure().count(),
        "since", letter.failure().since());
  }
}
