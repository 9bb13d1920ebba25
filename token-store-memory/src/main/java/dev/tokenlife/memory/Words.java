package dev.tokenlife.memory;

import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

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
    if (word.length() > LONGEST || used.get() >= ROOM) {
      return 0;
    }
    return numbers.computeIfAbsent(word, this::added);
  }

  String word(int number) {
    return Objects.requireNonNull(words.get(number), "a number that was given to a word");
  }

  /** Two that come last at once may both find the room gone; the word then counts as number 0. */
  private int added(String word) {
    int number = used.incrementAndGet();
    if (number > ROOM) {
      return 0;
    }
    words.set(number, word);
    return number;
  }
}
