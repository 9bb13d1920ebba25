package dev.tokenlife.azure;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;

/** How long one operation took two peers, each time. */
final class Latency {
  private final String name;
  private final long[][] nanos;
  private final int[] count = new int[2];

  Latency(String name, int most) {
    this.name = name;
    this.nanos = new long[2][most + 1];
  }

  <T> T of(int who, Supplier<T> operation) {
    long start = System.nanoTime();
    T result = operation.get();
    nanos[who][count[who]++] = System.nanoTime() - start;
    return result;
  }

  void of(int who, Runnable operation) {
    var unused =
        of(
            who,
            () -> {
              operation.run();
              return true;
            });
  }

  String line() {
    double plain50 = percentile(0, 0.5);
    double plain99 = percentile(0, 0.99);
    double store50 = percentile(1, 0.5);
    double store99 = percentile(1, 0.99);
    return String.format(
        Locale.ROOT,
        "| %s | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f |",
        name,
        plain50,
        plain99,
        store50,
        store99,
        store50 / plain50,
        store99 / plain99);
  }

  private double percentile(int who, double part) {
    long[] sorted = Arrays.copyOf(nanos[who], count[who]);
    Arrays.sort(sorted);
    return sorted[(int) (part * (sorted.length - 1))] / 1e6;
  }
}
