package dev.tokenlife.examples.attendance.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** The air in the classroom: what is on whose screen, for everybody to see. */
final class Screens {
  private final Map<String, Screen> screens = new ConcurrentHashMap<>();

  /**
   * One screen.
   *
   * @param owner whose
   * @param type what sort of code it shows
   * @param token the code
   * @param confirmations the confirmation codes on it, by the scanner they are for
   */
  record Screen(String owner, String type, String token, Map<String, String> confirmations) {}

  void show(Screen screen) {
    screens.put(screen.owner, screen);
  }

  void clear(String owner) {
    screens.remove(owner);
  }

  /** Somebody says aloud that this code has been taken. */
  void taken(Screen screen) {
    screens.remove(screen.owner, screen);
  }

  Optional<Screen> of(String owner) {
    return Optional.ofNullable(screens.get(owner));
  }

  /** Picks a screen of that type that is not one's own. */
  Optional<Screen> pick(String type, String except) {
    List<Screen> visible = new ArrayList<>();
    for (Screen screen : screens.values()) {
      if (screen.type.equals(type) && !screen.owner.equals(except)) {
        visible.add(screen);
      }
    }
    return visible.isEmpty()
        ? Optional.empty()
        : Optional.of(visible.get(ThreadLocalRandom.current().nextInt(visible.size())));
  }
}
