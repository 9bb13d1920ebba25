package dev.tokenlife.examples.cluster.verdict;

import dev.tokenlife.examples.cluster.server.Use;
import dev.tokenlife.examples.cluster.step.Incident;
import dev.tokenlife.examples.cluster.step.Stage;
import dev.tokenlife.examples.cluster.step.Step;
import dev.tokenlife.examples.cluster.verdict.SecondUses.Cause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What was promised, beside what became of it. */
public final class Verdict {
  private static final Duration TAKEN_WITHIN = Duration.ofSeconds(25);
  private static final Duration HANDED_WITHIN = Duration.ofSeconds(6);

  private final List<Promise> promises = new ArrayList<>();
  private final Stage stage;
  private final Duration lifetime;

  public Verdict(Stage stage, Duration lifetime, Coordination cost, Set<String> lost) {
    this.stage = stage;
    this.lifetime = lifetime;
    promises.add(Promise.none("refreshes", stage.ledger().refreshes()));
    secondUses();
    promises.add(Promise.zero("received results not stored", lost.size()));
    ambiguity();
    takeOvers();
    promises.add(
        new Promise(
            "coordination, each process and heartbeat",
            cost.figure(),
            "1 write, 1 page",
            cost.isExact()));
    expired();
    complaints();
  }

  public List<Promise> promises() {
    return promises;
  }

  public boolean isKept() {
    return promises.stream().allMatch(Promise::kept);
  }

  private void secondUses() {
    SecondUses second = new SecondUses(stage.members(), stage.ledger());
    List<Use> broken = second.of(Cause.BROKEN_PROMISE);
    promises.add(Promise.zero("second uses after an answer to a living process", broken.size()));
    for (Use use : broken) {
      promises.add(Promise.none("  " + use.grant() + " by " + use.node(), describe(use)));
    }
    promises.add(
        Promise.none(
            "  the first user could not store any more", second.of(Cause.NOT_STORABLE).size()));
    promises.add(
        Promise.none(
            "  the answer came while the first user stood still", second.of(Cause.ASLEEP).size()));
    promises.add(
        Promise.none("  the store failed the first user", second.of(Cause.NOT_TAKEN).size()));
    promises.add(
        Promise.none("  the first use was not answered", second.of(Cause.UNANSWERED).size()));
    promises.add(
        Promise.none(
            "  the second user stood still before its request",
            second.of(Cause.LATE_REQUEST).size()));
  }

  private static String describe(Use use) {
    Use first = use.first();
    return first == null
        ? ""
        : "first by "
            + first.node()
            + ", "
            + Duration.ofNanos(use.arrivedNanos() - first.arrivedNanos()).toMillis()
            + " ms before, answered after "
            + Duration.ofNanos(first.answeredNanos() - first.arrivedNanos()).toMillis()
            + " ms";
  }

  private void ambiguity() {
    Ambiguity ambiguity =
        new Ambiguity(stage.ledger(), stage.members().events(), stage.incidents());
    ambiguity
        .byIncident()
        .forEach(
            (incident, grants) ->
                promises.add(
                    Promise.atMost(
                        "ambiguous after " + incident.step().word() + " of " + incident.node(),
                        grants.size(),
                        incident.claims().size())));
    promises.add(Promise.zero("ambiguous for no such reason", ambiguity.unexplained().size()));
    promises.add(Promise.none("  ambiguous, went on by itself", ambiguity.wentOn()));
    promises.add(Promise.none("  ambiguous, signed in again", ambiguity.signedInAgain()));
    promises.add(Promise.zero("  ambiguous, not resolved", ambiguity.unresolved()));
  }

  private void takeOvers() {
    TakeOvers all =
        new TakeOvers(stage.members().ownership(), stage.ledger(), lifetime.dividedBy(2));
    for (Step step : List.of(Step.KILL, Step.PAUSE, Step.CUT)) {
      List<Incident> incidents = incidents(step);
      if (!incidents.isEmpty()) {
        times(step.word() + ", until taken over", all.owned(incidents).toArray(), TAKEN_WITHIN);
        times(
            step.word() + ", until first dispatch",
            all.dispatched(incidents).toArray(),
            TAKEN_WITHIN);
      }
    }
    List<Incident> leaves = incidents(Step.LEAVE);
    if (!leaves.isEmpty()) {
      times("leave, until handed over", all.owned(leaves).toArray(), HANDED_WITHIN);
    }
  }

  private List<Incident> incidents(Step step) {
    return stage.incidents().stream().filter(incident -> incident.step() == step).toList();
  }

  private void times(String what, long[] millis, Duration most) {
    Arrays.sort(millis);
    if (millis.length == 0) {
      return;
    }
    long p50 = millis[(millis.length - 1) / 2];
    long p99 = millis[(int) Math.ceil(millis.length * 0.99) - 1];
    promises.add(
        new Promise(
            what,
            String.format(
                Locale.ROOT,
                "p50 %.1f s, p99 %.1f s, max %.1f s (%d shards)",
                p50 / 1e3,
                p99 / 1e3,
                millis[millis.length - 1] / 1e3,
                millis.length),
            "p99 <= " + most.toSeconds() + " s",
            p99 <= most.toMillis()));
  }

  /** Clocks that are wrong by minutes make tokens end unseen; then nothing is promised. */
  private void expired() {
    Set<String> ambiguous =
        new Ambiguity(stage.ledger(), stage.members().events(), stage.incidents()).grants();
    long expired =
        stage.ledger().uses(use -> use.arrivedNanos() - use.token().accessEndsNanos() > 0).stream()
            .filter(use -> !ambiguous.contains(use.grant()))
            .count();
    boolean skewed = stage.incidents().stream().anyMatch(incident -> incident.step() == Step.SKEW);
    String what = "tokens that ended before their successor";
    promises.add(skewed ? Promise.none(what, expired) : Promise.zero(what, expired));
  }

  private void complaints() {
    for (String complaint : stage.complaints()) {
      promises.add(new Promise(complaint, "", "", false));
    }
  }
}
