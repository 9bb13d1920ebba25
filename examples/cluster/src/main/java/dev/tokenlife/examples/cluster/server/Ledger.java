package dev.tokenlife.examples.cluster.server;

import dev.tokenlife.examples.cluster.server.Use.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** The truth: every use of every refresh token, in the order of their arrival. */
public final class Ledger {
  private final List<Use> uses = new ArrayList<>();
  private final Map<String, Set<Use>> open = new ConcurrentHashMap<>();
  private final Map<String, Long> signIns = new ConcurrentHashMap<>();
  private final AtomicInteger accepted = new AtomicInteger();

  synchronized void add(Use use) {
    uses.add(use);
    open.computeIfAbsent(use.node(), node -> ConcurrentHashMap.newKeySet()).add(use);
    if (use.verdict() == Verdict.ACCEPTED) {
      accepted.incrementAndGet();
    }
  }

  /** The server has done with it, whether anybody took the answer or not. */
  void ended(Use use) {
    open.getOrDefault(use.node(), Set.of()).remove(use);
  }

  void signedIn(String grant) {
    signIns.put(grant, System.nanoTime());
  }

  /** Returns how many grants have been signed in for at least once. */
  public int grants() {
    return signIns.size();
  }

  /** Returns whether somebody signed in for a grant after this time. */
  public boolean signedInSince(String grant, long nanos) {
    Long last = signIns.get(grant);
    return last != null && last - nanos > 0;
  }

  /** Returns how many refreshes there were. */
  public int refreshes() {
    return accepted.get();
  }

  /** Returns how many calls of a process are at the server now. */
  public int inFlight(String node) {
    return open.getOrDefault(node, Set.of()).size();
  }

  /** Returns the uses of which this is true, oldest first. */
  public synchronized List<Use> uses(Predicate<Use> which) {
    return uses.stream().filter(which).toList();
  }

  /** Returns every use of a token that had been used before. */
  public List<Use> secondUses() {
    return uses(use -> use.first() != null);
  }
}
