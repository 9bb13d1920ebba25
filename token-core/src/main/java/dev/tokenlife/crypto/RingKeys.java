package dev.tokenlife.crypto;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An immutable state of the ring. */
final class RingKeys {
  private final RingKey[] keys;
  final RingKey primary;

  private RingKeys(RingKey[] keys, RingKey primary) {
    this.keys = keys;
    this.primary = primary;
  }

  static RingKeys of(List<RingKey> keys, RingKey primary) {
    RingKeys made = new RingKeys(keys.toArray(new RingKey[0]), primary);
    for (RingKey key : keys) {
      if (made.find(key.id) != key) {
        throw new KeyRefusedException("the ring names key " + key + " twice");
      }
    }
    return made;
  }

  @Nullable RingKey find(int id) {
    for (RingKey key : keys) {
      if (key.id == id) {
        return key;
      }
    }
    return null;
  }

  List<RingKey> list() {
    return List.of(keys);
  }

  RingKeys with(RingKey added) {
    List<RingKey> next = new ArrayList<>(list());
    next.add(added);
    return of(next, primary);
  }

  RingKeys promoted(RingKey next) {
    return new RingKeys(keys, next);
  }

  RingKeys without(int id) {
    return of(list().stream().filter(key -> key.id != id).toList(), primary);
  }

  /** Keeps the keys of {@code now} that are unchanged, so that their derived keys stay in use. */
  RingKeys keeping(RingKeys now) {
    List<RingKey> next = new ArrayList<>();
    RingKey first = primary;
    for (RingKey key : keys) {
      RingKey known = now.find(key.id);
      if (known != null && !known.sameSecret(key)) {
        throw new KeyRefusedException(
            "key " + key + " has another secret than before: give a new secret a new id");
      }
      RingKey kept = known == null ? key : known;
      next.add(kept);
      first = key == primary ? kept : first;
    }
    return of(next, first);
  }

  @Override
  public String toString() {
    return "primary=" + primary + ", keys=" + list();
  }
}
