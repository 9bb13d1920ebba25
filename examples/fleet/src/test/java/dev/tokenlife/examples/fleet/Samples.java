package dev.tokenlife.examples.fleet;

import dev.tokenlife.examples.fleet.record.Promise;
import dev.tokenlife.examples.fleet.record.Sample;
import dev.tokenlife.examples.fleet.record.Sample.SiteSample;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.DeadLetter;
import dev.tokenlife.model.Failure;
import dev.tokenlife.model.FailureKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A run that was never made: B is down from second 20 up to 40. */
public final class Samples {
  /** What became of three promises. */
  public static final List<Promise> PROMISES =
      List.of(
          Promise.of("callers", "0 wait", "0 of 700 waited", true, true),
          Promise.of("calls to <B>", "probe level", "9 000", true, false),
          Promise.of("recovery", "no herd", "", false, true));

  /** Somebody must sign in again. */
  public static final DeadLetter LETTER =
      new DeadLetter(
          ChainKey.of("C", "user-7"),
          new Failure(FailureKind.PERMANENT, 3, 1, 1_700_000_000_000L, 0));

  private Samples() {}

  /** Returns what such a second was like. */
  public static Sample of(int second) {
    boolean down = second >= 20 && second < 40;
    String b = !down ? "closed" : second < 30 ? "held back" : "open";
    Map<String, SiteSample> sites = new LinkedHashMap<>();
    sites.put("A", site("closed", false, 60 + second % 7));
    sites.put("B", site(b, down, down ? 1 : 50));
    sites.put("C", site("closed", false, 70 + second % 5));
    Map<String, Integer> queue = Map.of("BLOCKED", down ? 3 : 0, "URGENT", down ? 40 * second : 2);
    String phase = down ? "outage of B" : "steady";
    return new Sample(second, phase, queue, sites, 2_000, down ? 400 : 0, 0.02, second / 10);
  }

  private static SiteSample site(String state, boolean down, int calls) {
    return new SiteSample(
        state, down, calls, 900, 0, down ? 30 : 0, 4, 12, down ? 0 : 41.5, down ? 0 : 88);
  }
}
