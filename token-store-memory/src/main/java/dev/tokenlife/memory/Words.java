package dev.tokenlife.memory;

import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Texts that most rows share, as types, policies and scopes are, by their numbers: each is kept
 * once. When there is no room for another word, rows spell it out. Safe for use by many threads.
 */
final class Words {
  /** How many words there can be; numbers start at 1. */
  static final int ROOM = 1_024;

  /** Longer texts are spelt out. */
  static final int LONGEST = 256;

  private final ConcurrentHashMap<String, Integer> numbers = new ConcurrentHashMap<>();
  private final AtomicReferenceArray<String> words = new AtomicReferenceArray<>(ROOM + 1);
  private final AtomicInteger used = new AtomicInteger();

  /** Returns the number of a word, 0 if it has none and gets none. */
  int number(String word) {
    Integer known = numbers.get(word);
    if (known != null) {
      return known;
    }
    if (word.length() > LONGEST) {
      return 0;
    }
    // Asked under the map's own lock, so that whoever meets the last word meets its number, too.
    Integer given = numbers.computeIfAbsent(word, this::added);
    return given == null ? 0 : given;
  }

  String word(int number) {
    return Objects.requireNonNull(words.get(number), "a number that was given to a word");
  }

  private @Nullable Integer added(String word) {
    int number = used.updateAndGet(n -> Math.min(n + 1, ROOM + 1));
    if (number > ROOM) {
      return null;
    }
    words.set(number, word);
    return number;
  }
}
