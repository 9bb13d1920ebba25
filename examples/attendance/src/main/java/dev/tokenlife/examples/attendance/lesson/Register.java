package dev.tokenlife.examples.attendance.lesson;

import dev.tokenlife.examples.attendance.records.AppRow;
import dev.tokenlife.examples.attendance.records.AppStore;
import dev.tokenlife.examples.attendance.records.AppTable;
import dev.tokenlife.examples.attendance.records.StoredRow;
import dev.tokenlife.spi.Effect;
import dev.tokenlife.spi.EffectQueue;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Writes into the register what hand-overs show. A hand-over leaves an effect in the same write
 * that decides it, so a refused scan leaves none; effects are delivered at least once, and what is
 * written here is written once: a mark that is set is never touched again.
 */
public final class Register {
  private static final int BATCH = 100;

  private final EffectQueue effects;
  private final AppStore store;

  /** Reads from this queue and writes into this store. */
  public Register(EffectQueue effects, AppStore store) {
    this.effects = effects;
    this.store = store;
  }

  /** Writes down everything that is waiting. May be called by many threads at a time. */
  public void update(String sessionId) {
    List<Effect> waiting = effects.read(sessionId, BATCH);
    while (!waiting.isEmpty()) {
      for (Effect effect : waiting) {
        apply(effect);
        effects.acknowledge(effect);
      }
      waiting = waiting.size() < BATCH ? List.of() : effects.read(sessionId, BATCH);
    }
  }

  /** Writes down one effect; the second time it changes nothing. */
  void apply(Effect effect) {
    if (effect.reassigned()) {
      return;
    }
    CodeType type = CodeType.valueOf(effect.type());
    String session = effect.chain().partition();
    long seconds = effect.at() / 1000;
    mark(session, effect.to(), row -> marked(row, type, seconds));
    if (type.isSeeded()) {
      mark(session, effect.from(), row -> marked(row, type, seconds));
    }
  }

  /** Writes down a wall code that somebody scanned: many may scan it, so nothing is consumed. */
  void scannedOnWall(String session, String student, CodeType type, long millis) {
    mark(session, student, row -> marked(row, type, millis / 1000));
  }

  private void mark(String session, @Nullable String student, UnaryOperator<AppRow> change) {
    while (student != null) {
      Optional<StoredRow> found = store.get(AppTable.ATTENDANCE, session, student);
      if (found.isEmpty()) {
        return; // The teacher, whom no register lists.
      }
      StoredRow old = found.get();
      AppRow changed = change.apply(old.row());
      if (changed.equals(old.row()) || store.update(AppTable.ATTENDANCE, changed, old.version())) {
        return;
      }
    }
  }

  private static AppRow marked(AppRow row, CodeType type, long seconds) {
    return switch (type) {
      case ENTRY -> once(row, "presentAt", seconds);
      case LATE -> once(once(row, "presentAt", seconds), "lateAt", seconds);
      case EARLY -> once(row, "leftEarlyAt", seconds);
      case EXIT -> once(row, "exitedAt", seconds).with("exitVerified", true);
    };
  }

  private static AppRow once(AppRow row, String column, long seconds) {
    return row.seconds(column) == null ? row.with(column, seconds) : row;
  }
}
