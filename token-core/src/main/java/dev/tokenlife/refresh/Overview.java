package dev.tokenlife.refresh;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainKind;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.DeadLetter;
import dev.tokenlife.model.Failure;
import dev.tokenlife.model.KeyStatus;
import dev.tokenlife.model.KeyStatus.Freshness;
import dev.tokenlife.spi.ChainListing;
import dev.tokenlife.spi.Page;
import dev.tokenlife.spi.StoredChain;
import dev.tokenlife.spi.TokenSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Answers people's questions about the state of things; changes nothing. */
public final class Overview {
  private static final int PAGE = 500;

  private final Refresher core;

  /** Looks at this refresh path. */
  public Overview(Refresher core) {
    this.core = core;
  }

  /** Describes one chain as this process sees it. */
  public KeyStatus key(ChainKey key) {
    TokenSource source = core.sources().of(key);
    String guard = source.upstream() + ": " + core.guard().describe(source.upstream());
    Entry entry = core.entries().find(key);
    if (entry == null) {
      return new KeyStatus(
          key,
          Freshness.UNKNOWN,
          0,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          0,
          Optional.empty(),
          Optional.empty(),
          "",
          guard);
    }
    Snapshot shown = entry.snapshot;
    Trouble trouble = entry.trouble;
    return new KeyStatus(
        key,
        freshness(shown, core.clock().now()),
        shown.generation(),
        Optional.ofNullable(shown.token()).map(t -> t.expiresAt()),
        instant(shown.refreshAt()),
        instant(shown.serveUntil()),
        trouble == null ? 0 : trouble.failures(),
        Optional.ofNullable(trouble).map(Overview::describe),
        trouble == null ? Optional.empty() : instant(trouble.retryAt()),
        entry.explain(core.engine()),
        guard);
  }

  /** Describes the whole instance. */
  public Map<String, Object> all() {
    Map<String, Object> status = new LinkedHashMap<>(core.engine().status());
    status.put("chains", core.entries().size());
    status.put("running", core.running());
    status.put("guard", guard());
    status.put("clockAheadMillis", core.clock().aheadMillis());
    status.put("clockBackwardSteps", core.clock().backwardSteps());
    status.put("clockForwardSteps", core.clock().forwardSteps());
    core.peers().describe(status);
    return status;
  }

  /** Returns for each upstream what its guard says of it. */
  private Map<String, String> guard() {
    Map<String, String> said = new TreeMap<>();
    core.sources().upstreams().forEach(name -> said.put(name, core.guard().describe(name)));
    return said;
  }

  /** Lists the chains of a partition whose last failure outlives the process. */
  public List<DeadLetter> deadLetters(String partition) {
    List<DeadLetter> letters = new ArrayList<>();
    ChainListing listing = core.rows().executor().store().listing();
    Optional<String> cursor = Optional.empty();
    do {
      Page<StoredChain> page = listing.byPartition(partition, cursor, PAGE);
      for (StoredChain stored : page.items()) {
        Failure failure = stored.row().failure();
        if (failure != null && isLive(stored.row())) {
          letters.add(new DeadLetter(stored.row().key(), failure));
        }
      }
      cursor = page.next();
    } while (cursor.isPresent());
    return letters;
  }

  private static boolean isLive(ChainRow row) {
    return row.origin().kind() == ChainKind.FETCHED && !row.state().isFinal();
  }

  private static String describe(Trouble trouble) {
    return (trouble.kind() == null ? trouble.reason() : trouble.kind()) + ": " + trouble.message();
  }

  private static Freshness freshness(Snapshot shown, long now) {
    if (shown.stop() != null) {
      return Freshness.STOPPED;
    }
    if (shown.usable(now) == null) {
      return shown.revision() == 0 ? Freshness.UNKNOWN : Freshness.EXPIRED;
    }
    return now < shown.refreshAt() ? Freshness.FRESH : Freshness.DUE;
  }

  private static Optional<Instant> instant(long millis) {
    return millis <= 0 || millis == Long.MAX_VALUE
        ? Optional.empty()
        : Optional.of(Instant.ofEpochMilli(millis));
  }
}
