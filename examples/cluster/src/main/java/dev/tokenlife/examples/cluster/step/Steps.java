package dev.tokenlife.examples.cluster.step;

import dev.tokenlife.examples.cluster.member.Member;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;

/** Does the steps. */
public final class Steps {
  private static final Duration SETTLE = Duration.ofSeconds(45);
  private static final Duration SKEW = Duration.ofMinutes(5);
  private static final Duration BUSY = Duration.ofMinutes(5);
  private static final Duration AFTER = Duration.ofSeconds(10);

  private final Stage stage;
  private final Duration pause;

  public Steps(Stage stage, Duration pause) {
    this.stage = stage;
    this.pause = pause;
  }

  /** Does one step, and waits until the cluster has come to rest after it. */
  public void run(Step step) throws IOException, InterruptedException {
    switch (step) {
      case KILL -> kill();
      case PAUSE -> pause();
      case JOIN -> join(Duration.ZERO);
      case LEAVE -> leave(victim());
      case SKEW -> skew();
      case CUT -> cut();
    }
  }

  /** Adds processes until there are so many. */
  public void fill(int nodes) throws IOException, InterruptedException {
    while (stage.members().running().size() < nodes) {
      Member member = start(Duration.ZERO);
      stage.say(member.name() + " starts");
    }
    settle();
  }

  private void kill() throws InterruptedException {
    Member victim = busy();
    stage.say(victim.name() + " is killed");
    long at = System.nanoTime();
    victim.kill();
    stage.happened(Step.KILL, victim, at);
    settle();
    stage.dwell(AFTER);
  }

  private void pause() throws IOException, InterruptedException {
    Member victim = busy();
    stage.say(victim.name() + " is paused for " + pause.toSeconds() + " s");
    long at = System.nanoTime();
    victim.pause();
    stage.happened(Step.PAUSE, victim, at);
    stage.dwell(pause);
    stage.say(victim.name() + " goes on");
    victim.resume();
    stage.dwell(AFTER);
    settle();
  }

  private void cut() throws InterruptedException {
    Member victim = busy();
    stage.say(victim.name() + " is cut off from the store for " + pause.toSeconds() + " s");
    long at = System.nanoTime();
    victim.cut();
    stage.happened(Step.CUT, victim, at);
    stage.dwell(pause);
    stage.say(victim.name() + " reaches the store again");
    victim.mend();
    stage.dwell(AFTER);
    settle();
  }

  private Member join(Duration skew) throws IOException, InterruptedException {
    Member comer = start(skew);
    stage.say(comer.name() + " joins" + (skew.isZero() ? "" : ", its clock off by " + skew));
    settle();
    return comer;
  }

  /** Callers come once there are grants to ask for. */
  private Member start(Duration skew) throws IOException {
    Member member = stage.members().start(skew);
    if (stage.ledger().grants() > 0) {
      member.call();
    }
    return member;
  }

  private void skew() throws IOException, InterruptedException {
    for (Duration skew : new Duration[] {SKEW, SKEW.negated()}) {
      Member comer = join(skew);
      stage.skewed(comer);
      stage.dwell(pause);
      leave(comer);
    }
  }

  private void leave(Member member) throws InterruptedException {
    stage.say(member.name() + " leaves");
    stage.leaves(member, System.nanoTime());
    member.leave();
    if (!member.hasLeft(Duration.ofSeconds(15))) {
      stage.complain(member.name() + " did not leave in good order within 15 s");
    }
    settle();
  }

  private void settle() throws InterruptedException {
    stage.await("every shard has one owner", SETTLE, stage.members()::isSettled);
  }

  /** Returns a process with calls in flight. */
  private Member busy() throws InterruptedException {
    stage.say("waiting for calls in flight");
    long started = System.nanoTime();
    while (System.nanoTime() - started < BUSY.toNanos()) {
      Optional<Member> busy =
          stage.members().running().stream()
              .filter(member -> stage.ledger().inFlight(member.name()) > 0)
              .max(Comparator.comparingInt(member -> stage.ledger().inFlight(member.name())));
      if (busy.isPresent()) {
        return busy.get();
      }
      Thread.sleep(1);
    }
    throw new IllegalStateException("no process had a call in flight within " + BUSY);
  }

  private Member victim() {
    return stage.members().running().get(0);
  }
}
