package dev.tokenlife.examples.strategies;

import dev.tokenlife.Chains;
import dev.tokenlife.memory.MemoryTokenStore;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.HandOverResult;
import dev.tokenlife.model.PollResult;
import dev.tokenlife.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A session of an hour with 100 students: five chains go from student to student, each shown all
 * the time, until everybody has scanned once. One session is counted; a month has 300 like it.
 *
 * @param transactions store operations of the session
 * @param rows rows and companions it leaves behind
 */
record Month(long transactions, long rows) {
  static final int SESSIONS = 10 * 30;
  private static final int STUDENTS = 100;
  private static final int CHAINS = 5;

  /** A generous size of a row, its keys and its index. */
  static final int BYTES_PER_ROW = 1_024;

  static Month count() {
    VirtualTime time = new VirtualTime();
    CountedStore store = new CountedStore(MemoryTokenStore.builder().time(time).build());
    try (Chains chains = Attendance.chains(time, store)) {
      List<ChainKey> keys = new ArrayList<>();
      List<String> holders = new ArrayList<>();
      for (int i = 0; i < CHAINS; i++) {
        holders.add("student-" + i);
        keys.add(chains.open("session", "ENTRY", holders.get(i)));
      }
      int scanned = CHAINS;
      for (int tick = 0; tick < 360; tick++) {
        for (int i = 0; i < CHAINS; i++) {
          String token = shown(chains, keys.get(i), holders.get(i));
          // A class of 100 arrives within the first minutes.
          if (tick % 2 == 1 && scanned < STUDENTS) {
            String next = "student-" + scanned++;
            scan(chains, token, next);
            holders.set(i, next);
          }
        }
        time.advance(Duration.ofSeconds(10));
      }
      return new Month(store.operations(), CHAINS + store.companions());
    }
  }

  private static String shown(Chains chains, ChainKey key, String holder) {
    if (chains.poll(key, holder) instanceof PollResult.Live live) {
      return live.token().token().reveal();
    }
    throw new IllegalStateException("no token to show for " + holder);
  }

  private static void scan(Chains chains, String token, String student) {
    if (!(chains.handOver("session", token, student) instanceof HandOverResult.Accepted)) {
      throw new IllegalStateException("the scan of " + student + " was refused");
    }
  }
}
