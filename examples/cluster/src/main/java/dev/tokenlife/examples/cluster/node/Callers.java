package dev.tokenlife.examples.cluster.node;

import dev.tokenlife.Tokens;
import dev.tokenlife.model.TokenUnavailableException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Callers that ask for tokens of any grant, whoever refreshes it. */
final class Callers {
  private static final int THREADS = 4;

  private final Tokens tokens;
  private final NodeSettings settings;
  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();

  Callers(Tokens tokens, NodeSettings settings) {
    this.tokens = tokens;
    this.settings = settings;
  }

  void start() {
    for (int i = 0; settings.reads() > 0 && i < THREADS; i++) {
      Thread caller = new Thread(this::askOn, "caller-" + i);
      caller.setDaemon(true);
      caller.start();
    }
  }

  long answered() {
    return answered.get();
  }

  long refused() {
    return refused.get();
  }

  private void askOn() {
    Duration pause = Duration.ofSeconds(1).multipliedBy(THREADS).dividedBy(settings.reads());
    try {
      while (true) {
        Thread.sleep(pause.toMillis(), pause.toNanosPart() % 1_000_000);
        ask(GrantNames.of(ThreadLocalRandom.current().nextInt(settings.grants())));
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void ask(String grant) {
    try {
      tokens.get(GrantNames.key(grant));
      answered.incrementAndGet();
    } catch (TokenUnavailableException none) {
      refused.incrementAndGet();
    }
  }
}
