package dev.tokenlife.refresh;

import dev.tokenlife.model.ChainKey;
import java.util.Collection;
import java.util.Iterator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The chains this process knows. Bounded: when full, a chain that nobody read since its last plan
 * makes room, else any that has no flight.
 */
final class Entries {
  private static final int LOOKED_AT = 64;

  private final ConcurrentHashMap<ChainKey, Entry> entries = new ConcurrentHashMap<>();
  private final AtomicInteger size = new AtomicInteger();
  private final int most;
  private final Consumer<Entry> onEvict;
  private @Nullable Iterator<Entry> hand;

  Entries(int most, Consumer<Entry> onEvict) {
    this.most = most;
    this.onEvict = onEvict;
  }

  @Nullable Entry find(ChainKey key) {
    return entries.get(key);
  }

  Entry obtain(ChainKey key) {
    Entry known = entries.get(key);
    if (known != null) {
      return known;
    }
    Entry made = new Entry(key);
    Entry other = entries.putIfAbsent(key, made);
    if (other != null) {
      return other;
    }
    if (size.incrementAndGet() > most) {
      makeRoom(made);
    }
    return made;
  }

  void remove(Entry entry) {
    if (entries.remove(entry.key(), entry)) {
      entry.evicted = true;
      size.decrementAndGet();
      onEvict.accept(entry);
    }
  }

  /** Forgets every chain; whoever holds an entry finds it evicted. */
  void clear(Consumer<Entry> last) {
    for (Entry entry : entries.values()) {
      if (entries.remove(entry.key(), entry)) {
        entry.evicted = true;
        size.decrementAndGet();
        last.accept(entry);
      }
    }
  }

  int size() {
    return size.get();
  }

  Collection<Entry> all() {
    return entries.values();
  }

  private void makeRoom(Entry newcomer) {
    Entry victim = victim(newcomer);
    if (victim != null) {
      remove(victim);
    }
  }

  /** A hand goes round the table, as in the clock algorithm; use marks are the second chance. */
  private synchronized @Nullable Entry victim(Entry newcomer) {
    Entry fallback = null;
    for (int i = 0; i < LOOKED_AT; i++) {
      Iterator<Entry> it = hand;
      if (it == null || !it.hasNext()) {
        it = entries.values().iterator();
        hand = it;
      }
      if (!it.hasNext()) {
        return null;
      }
      Entry entry = it.next();
      if (entry.key().equals(newcomer.key()) || entry.flight() != null) {
        continue;
      }
      if (!entry.takeRead()) {
        return entry;
      }
      fallback = entry;
    }
    return fallback;
  }
}
