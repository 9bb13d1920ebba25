package dev.tokenlife.examples.cluster.verdict;

import dev.tokenlife.examples.cluster.member.Lifeline;
import dev.tokenlife.examples.cluster.member.Lives;
import dev.tokenlife.examples.cluster.server.Ledger;
import dev.tokenlife.examples.cluster.server.Use;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Why refresh tokens were used twice. Two windows cannot be closed by anybody: a process that ends,
 * stands still or is cut off between the server's answer and the store (a store that fails is the
 * same to it), and one that stands still between its last check and the request.
 */
public final class SecondUses {
  /** What lies behind a second use. */
  public enum Cause {
    /** The first use was never answered: its process was gone. */
    UNANSWERED,
    /** The first user could not store the answer before it was killed, paused or cut off. */
    NOT_STORABLE,
    /** The answer came while the first user stood still; when it went on its call had timed out. */
    ASLEEP,
    /** The store did not take the answer from the first user, and failed its requests. */
    NOT_TAKEN,
    /** The second user had stood still between its last check and its request. */
    LATE_REQUEST,
    /** None of these: the first use was answered to a living process. */
    BROKEN_PROMISE
  }

  /** For how long a process must be able to store an answer before that is its own fault. */
  private static final Duration TIME_TO_STORE = Duration.ofSeconds(3);

  /** How long one call of the store may take by its own deadline, if it does not answer before. */
  private static final Duration STORE_CALL = Duration.ofSeconds(10);

  /** How soon after the answer a process must have stood still not to have read it. */
  private static final Duration TO_READ = Duration.ofSeconds(1);

  /** How long before its request a process can have stood still for that to be the reason. */
  private static final Duration BEFORE_REQUEST = Duration.ofSeconds(2);

  private final Lives lives;
  private final Map<Cause, List<Use>> uses = new EnumMap<>(Cause.class);

  public SecondUses(Lives lives, Ledger ledger) {
    this.lives = lives;
    for (Cause cause : Cause.values()) {
      uses.put(cause, new ArrayList<>());
    }
    ledger.secondUses().forEach(use -> of(cause(use)).add(use));
  }

  public List<Use> of(Cause cause) {
    return uses.getOrDefault(cause, List.of());
  }

  private Cause cause(Use second) {
    Use first = second.first();
    if (first == null) {
      throw new IllegalArgumentException("not a second use");
    }
    long answered = first.answeredNanos();
    if (stood(lives.storing(first.node()), first.arrivedNanos(), second.arrivedNanos())) {
      if (answered == 0 || answered - second.arrivedNanos() > 0) {
        return Cause.UNANSWERED;
      }
      if (able(first.node(), answered, second.arrivedNanos()) < most(first, second).toNanos()) {
        return Cause.NOT_STORABLE;
      }
    }
    if (answered != 0 && fellAsleep(first)) {
      return Cause.ASLEEP;
    }
    if (answered != 0 && failed(second, first)) {
      return Cause.NOT_TAKEN;
    }
    long shortlyBefore = second.arrivedNanos() - BEFORE_REQUEST.toNanos();
    boolean late = stood(lives.running(second.node()), shortlyBefore, second.arrivedNanos());
    return late ? Cause.LATE_REQUEST : Cause.BROKEN_PROMISE;
  }

  private long able(String node, long from, long to) {
    return lives.storing(node).map(life -> life.able(from, to)).orElse(to - from);
  }

  private boolean fellAsleep(Use first) {
    long answered = first.answeredNanos();
    return stood(lives.running(first.node()), answered, answered + TO_READ.toNanos());
  }

  /** Who said that its result is on its way to the store has as long as that call may take. */
  private Duration most(Use first, Use second) {
    boolean underWay =
        lives
            .trouble(first.node())
            .map(it -> it.held(first.grant(), first.answeredNanos(), second.arrivedNanos()))
            .orElse(false);
    return underWay ? STORE_CALL : TIME_TO_STORE;
  }

  private boolean failed(Use second, Use first) {
    return lives
        .trouble(first.node())
        .map(it -> it.concerned(first.grant(), first.answeredNanos(), second.arrivedNanos()))
        .orElse(false);
  }

  private static boolean stood(Optional<Lifeline> life, long from, long to) {
    return life.map(line -> line.stood(from, to)).orElse(false);
  }
}
