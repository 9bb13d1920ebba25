package dev.tokenlife.refresh;

import dev.tokenlife.spi.StoredChain;
import dev.tokenlife.spi.TokenEvent;
import dev.tokenlife.spi.Trigger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices a row that has gone back. A store keeps what it acknowledged, so a revision below one
 * that was seen before the read began means that it lost writes, in a failover perhaps, or that
 * somebody put an older row there. That is told, once, and the row is believed, since all other
 * processes go by it; a tombstone stays.
 */
final class LostWrites {
  private static final Logger log = LoggerFactory.getLogger(LostWrites.class);

  private LostWrites() {}

  /**
   * Shows readers a row.
   *
   * @param known what was shown before the row was read
   */
  static Snapshot publish(Refresher core, Entry entry, Snapshot known, StoredChain stored) {
    long readAt = core.clock().now();
    long revision = stored.row().control().revision();
    if (revision >= known.revision() || known.stop() != null) {
      return core.publish(entry, stored, readAt);
    }
    if (entry.replace(known, core.rows().snapshot(stored.row(), known, readAt))) {
      tell(core, stored, "from revision " + known.revision() + " to " + revision);
    }
    return entry.snapshot;
  }

  private static void tell(Refresher core, StoredChain stored, String detail) {
    log.error(
        "The store lost writes that it had acknowledged key={} {}", stored.row().key(), detail);
    core.tell(
        new TokenEvent(
            TokenEvent.Type.WRITES_LOST,
            stored.row().key(),
            Trigger.CALLER,
            stored.row().generation(),
            0,
            null,
            detail));
  }
}
