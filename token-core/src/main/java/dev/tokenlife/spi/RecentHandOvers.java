package dev.tokenlife.spi;

import dev.tokenlife.model.ChainKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The bounded log in memory. */
final class RecentHandOvers implements HandOverLog {
  private final int chains;
  private final int perChain;

  /** In the order in which they were last written to. */
  private final Map<ChainKey, NavigableMap<Long, Effect>> known = new LinkedHashMap<>();

  RecentHandOvers(int chains, int perChain) {
    if (chains < 1 || perChain < 1) {
      throw new IllegalArgumentException(
          "a log keeps at least one hand-over of one chain, not "
              + perChain
              + " of "
              + chains
              + ": give it room, or write no log");
    }
    this.chains = chains;
    this.perChain = perChain;
  }

  @Override
  public synchronized void accept(Effect handOver) {
    NavigableMap<Long, Effect> history = known.remove(handOver.chain());
    if (history == null) {
      history = new TreeMap<>();
    }
    history.putIfAbsent(handOver.seq(), handOver);
    if (history.size() > perChain) {
      history.pollFirstEntry();
    }
    known.put(handOver.chain(), history);
    if (known.size() > chains) {
      known.remove(known.keySet().iterator().next());
    }
  }

  @Override
  public synchronized List<Effect> of(ChainKey chain) {
    NavigableMap<Long, Effect> history = known.get(chain);
    return history == null ? List.of() : List.copyOf(history.values());
  }
}
