package dev.tokenlife.reseal;

import dev.tokenlife.crypto.KeyRing;
import dev.tokenlife.crypto.KeyUse;
import dev.tokenlife.crypto.RingSealer;
import dev.tokenlife.crypto.UpstreamSeals;
import dev.tokenlife.execution.ChainExecutor;
import dev.tokenlife.execution.Executed;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.Progress;
import dev.tokenlife.model.TokenlifeException;
import dev.tokenlife.spi.Page;
import dev.tokenlife.spi.StoredChain;
import dev.tokenlife.time.TimeSource;
import dev.tokenlife.transition.Reseal;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One pass over partitions. It remembers nothing: a row that names the primary key alone is left
 * alone, so a pass that was stopped is gone on with by another one.
 */
public final class ResealPass {
  private static final Logger log = LoggerFactory.getLogger(ResealPass.class);
  private static final int PAGE = 200;
  private static final int TRIES = 5;

  private final ChainExecutor executor;
  private final KeyRing ring;
  private final RingSealer sealer;
  private final TimeSource time;
  private final Pace pace;
  private final long startedNanos;
  private long total;
  private long done;
  private long failed;

  /** Prepares a pass that writes at most so many rows a second. */
  public ResealPass(ChainExecutor executor, KeyRing ring, TimeSource time, int perSecond) {
    this.executor = executor;
    this.ring = ring;
    this.sealer = new RingSealer(ring);
    this.time = time;
    this.pace = new Pace(time, perSecond);
    this.startedNanos = time.nanos();
  }

  /** Runs it to the end, or to an interrupt of the calling thread, which stays set. */
  public Progress run(Collection<String> partitions, Consumer<Progress> told) {
    List<String> all = List.copyOf(partitions);
    try {
      for (String partition : all) {
        each(partition, stored -> total++, page -> {});
      }
      for (String partition : all) {
        each(partition, this::reseal, page -> told.accept(progress()));
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    return progress();
  }

  private void each(String partition, Step step, Consumer<Page<StoredChain>> ended)
      throws InterruptedException {
    Optional<String> cursor = Optional.empty();
    do {
      Page<StoredChain> page = executor.store().listing().byPartition(partition, cursor, PAGE);
      for (StoredChain stored : page.items()) {
        if (KeyUse.namesAnother(stored.row(), ring.primaryId())) {
          step.take(stored);
        }
      }
      ended.accept(page);
      cursor = page.next();
    } while (cursor.isPresent());
  }

  private void reseal(StoredChain stored) throws InterruptedException {
    pace.await();
    done++;
    try {
      failed += moved(stored) ? 0 : 1;
    } catch (TokenlifeException failure) {
      failed++;
      log.warn("Could not seal key={} anew; another pass will", stored.row().key(), failure);
    }
  }

  /** Returns whether the chain names the primary key alone now. */
  private boolean moved(StoredChain first) {
    StoredChain stored = first;
    for (int i = 0; i < TRIES; i++) {
      ChainRow row = stored.row();
      int primary = ring.primaryId();
      Reseal reseal =
          new Reseal(
              row.control().revision(),
              primary,
              UpstreamSeals.renewed(row.upstream(), row.key(), sealer));
      Executed<Boolean> executed = executor.execute(row.key(), new ResealCommand(reseal), stored);
      stored = executed.stored();
      if (stored == null) {
        return true;
      }
      if (executed.answer()) {
        return !KeyUse.namesAnother(stored.row(), primary);
      }
    }
    return false;
  }

  private Progress progress() {
    Duration elapsed = Duration.ofNanos(time.nanos() - startedNanos);
    return new Progress(done, failed, Math.max(total, done), elapsed);
  }

  /** What is done with a row that names another key. */
  @FunctionalInterface
  private interface Step {
    void take(StoredChain stored) throws InterruptedException;
  }
}
