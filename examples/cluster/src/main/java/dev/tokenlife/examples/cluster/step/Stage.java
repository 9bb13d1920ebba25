package dev.tokenlife.examples.cluster.step;

import dev.tokenlife.examples.cluster.member.Claims;
import dev.tokenlife.examples.cluster.member.Member;
import dev.tokenlife.examples.cluster.member.Members;
import dev.tokenlife.examples.cluster.server.Ledger;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/** Where the steps happen, and what has happened so far. */
public final class Stage {
  private static final Duration LOOK = Duration.ofMillis(100);

  private final Members members;
  private final Ledger ledger;
  private final Claims claims;
  private final List<Incident> incidents = new CopyOnWriteArrayList<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private volatile String now = "start";

  public Stage(Members members, Ledger ledger, Claims claims) {
    this.members = members;
    this.ledger = ledger;
    this.claims = claims;
  }

  public Members members() {
    return members;
  }

  public Ledger ledger() {
    return ledger;
  }

  public List<Incident> incidents() {
    return List.copyOf(incidents);
  }

  /** Returns what did not come about in time. */
  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** Returns what happens now, for people. */
  public String now() {
    return now;
  }

  /** Says what happens now. */
  public void say(String what) {
    now = what;
  }

  /** Notes what did not come about; the cluster broke a promise. */
  public void complain(String what) {
    complaints.add(what);
  }

  /**
   * Notes what was just done to a process. Requests it had sent may still arrive at the store, so
   * the calls in flight are read a moment later, long before anybody may give it up.
   */
  void happened(Step step, Member member, long nanos) throws InterruptedException {
    var shards = member.status().owned();
    String incarnation = member.status().incarnation();
    Thread.sleep(500);
    incidents.add(new Incident(step, member.name(), nanos, shards, claims.of(incarnation)));
  }

  /** Notes that a process was told to leave; it ends its calls itself. */
  void leaves(Member member, long nanos) {
    incidents.add(
        new Incident(Step.LEAVE, member.name(), nanos, member.status().owned(), Set.of()));
  }

  /** Notes that a process with a wrong clock has come. */
  void skewed(Member member) {
    incidents.add(new Incident(Step.SKEW, member.name(), System.nanoTime(), Set.of(), Set.of()));
  }

  /** Waits for something; what does not come about in time is a complaint. */
  public boolean await(String what, Duration most, BooleanSupplier condition)
      throws InterruptedException {
    long started = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - started > most.toNanos()) {
        complain("not within " + most.toSeconds() + " s: " + what);
        return false;
      }
      dwell(LOOK);
    }
    return true;
  }

  /** Lets time pass; a process that ends by itself meanwhile ends the whole run. */
  public void dwell(Duration time) throws InterruptedException {
    Thread.sleep(time.toMillis());
    for (Member member : members.all()) {
      if (member.hasCrashed()) {
        throw new IllegalStateException(
            "node " + member.name() + " ended by itself: see its log in target/logs");
      }
    }
  }
}
