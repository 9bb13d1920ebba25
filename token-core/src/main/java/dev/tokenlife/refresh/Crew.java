package dev.tokenlife.refresh;

import dev.tokenlife.execution.Workers;
import java.util.concurrent.Executor;

/**
 * The threads of one instance, by what may hold them: sources that are slow, a store that is slow,
 * and code of the application that follows an answer. So none of them can keep the others waiting.
 *
 * @param calls where sources are called
 * @param chores where rows are read again and results stored again
 * @param answers where callers are answered who did not wait
 */
public record Crew(Workers calls, Workers chores, Workers answers) {
  private static final int FEW = 8;

  /** Own daemon threads, started when they are needed; at most so many for calls. */
  public static Crew own(int calls) {
    return new Crew(
        Workers.start("tokenlife-refresh", calls),
        Workers.start("tokenlife-store", FEW),
        Workers.start("tokenlife-answer", FEW));
  }

  /** Everything on the application's executor. */
  public static Crew of(Executor executor) {
    Workers one = Workers.of(executor);
    return new Crew(one, one, one);
  }
}
