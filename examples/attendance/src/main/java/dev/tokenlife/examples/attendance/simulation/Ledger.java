package dev.tokenlife.examples.attendance.simulation;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the class itself knows to have happened, to be compared with the register: who took part in
 * a hand-over that was accepted, by its type.
 */
final class Ledger {
  private final Map<String, Set<String>> took = new ConcurrentHashMap<>();

  /** This scanner's request was accepted. */
  void accepted(String type, String from, String to) {
    note(type, to);
    if (type.equals("ENTRY") || type.equals("EXIT")) {
      note(type, from);
    }
    if (type.equals("LATE")) {
      note("ENTRY", to);
    }
  }

  boolean has(String type, String person) {
    return took.getOrDefault(type, Set.of()).contains(person);
  }

  Set<String> of(String type) {
    return new TreeSet<>(took.getOrDefault(type, Set.of()));
  }

  private void note(String type, String person) {
    took.computeIfAbsent(type, key -> ConcurrentHashMap.newKeySet()).add(person);
  }
}
