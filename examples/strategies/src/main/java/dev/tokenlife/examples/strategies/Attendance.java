package dev.tokenlife.examples.strategies;

import dev.tokenlife.Chains;
import dev.tokenlife.crypto.KeyRing;
import dev.tokenlife.crypto.SealedTokens;
import dev.tokenlife.memory.MemoryTokenStore;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainPolicy;
import dev.tokenlife.model.LiveToken;
import dev.tokenlife.model.PollResult;
import dev.tokenlife.spi.TokenSubscriber;
import dev.tokenlife.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One hour of attendance in virtual time: sessions with students, of whom some watch a code that
 * changes every ten seconds. Every figure is counted, none is computed.
 */
final class Attendance {
  private static final int SESSIONS = 10;
  private static final int STUDENTS = 30;
  private static final int WATCHING = 50;
  private static final Duration SHOWN = Duration.ofSeconds(10);
  private static final String TYPE = "ENTRY";

  private final long seconds;

  Attendance(Duration length) {
    this.seconds = length.toSeconds();
  }

  /** A timer on the server rewrites the code of every student, watched or not. */
  Cost serverTimer() {
    OldTable table = new OldTable();
    for (long second = 0; second < seconds; second += 5) {
      for (int student = 0; student < SESSIONS * STUDENTS; student++) {
        table.write();
      }
    }
    return new Cost(
        "server timer every 5 s", table.operations(), "a write per student, watched or not");
  }

  /** Clients ask every four seconds; each answer is found by reading the whole session. */
  Cost clientPull() {
    OldTable table = new OldTable();
    long polls = 0;
    for (long second = 0; second < seconds; second += 4) {
      for (int watcher = 0; watcher < WATCHING; watcher++) {
        String session = session(watcher);
        table.query(session);
        polls++;
        if (second % SHOWN.toSeconds() < 4) {
          table.write();
          table.insert(session);
        }
      }
    }
    return new Cost(
        "client pull every 4 s",
        table.operations(),
        polls + " queries, up to " + table.largestAnswer() + " rows each and growing");
  }

  /** Clients ask when the answer says so. */
  Cost pollAfter() {
    VirtualTime time = new VirtualTime();
    CountedStore store = new CountedStore(MemoryTokenStore.builder().time(time).build());
    try (Chains chains = chains(time, store)) {
      List<ChainKey> keys = open(chains);
      long opened = store.operations();
      long end = time.wallMillis() + seconds * 1_000;
      for (int i = 0; i < keys.size(); i++) {
        watch(time, chains, keys.get(i), "student-" + i, end);
      }
      time.advance(Duration.ofSeconds(seconds));
      return new Cost(
          "pull with pollAfter",
          store.operations() - opened,
          "point operations; and " + opened + " to open " + WATCHING + " chains");
    }
  }

  /** The server pushes to those who watch. */
  Cost push() throws Exception {
    VirtualTime time = new VirtualTime();
    CountedStore store = new CountedStore(MemoryTokenStore.builder().time(time).build());
    List<AutoCloseable> subscriptions = new ArrayList<>();
    try (Chains chains = chains(time, store)) {
      List<ChainKey> keys = open(chains);
      for (int i = 0; i < keys.size(); i++) {
        subscriptions.add(chains.subscribe(keys.get(i), "student-" + i, new Screen()));
      }
      long reads = store.reads();
      long started = store.operations();
      time.advance(Duration.ofSeconds(seconds));
      long read = store.reads() - reads;
      for (AutoCloseable subscription : subscriptions) {
        subscription.close();
      }
      return new Cost(
          "push (subscribe)",
          store.operations() - started,
          read + " reads; and " + started + " to open and subscribe");
    }
  }

  /** The code carries everything; scanners open it without a store. */
  Cost sealed() {
    VirtualTime time = new VirtualTime();
    CountedStore store = new CountedStore(MemoryTokenStore.builder().time(time).build());
    SealedTokens tokens =
        SealedTokens.builder(KeyRing.generate()).type(TYPE).ttl(SHOWN).time(time).build();
    long sealed = 0;
    for (long second = 0; second < seconds; second += SHOWN.toSeconds()) {
      for (int watcher = 0; watcher < WATCHING; watcher++) {
        sealed += tokens.seal(session(watcher), "student-" + watcher).isEmpty() ? 0 : 1;
      }
      time.advance(SHOWN);
    }
    return new Cost(
        "sealed tokens", store.operations(), sealed + " sealed; no hand-over, no revocation");
  }

  private static void watch(
      VirtualTime time, Chains chains, ChainKey key, String student, long end) {
    if (time.wallMillis() < end && chains.poll(key, student) instanceof PollResult.Live live) {
      var unused =
          time.schedule(live.token().pollAfter(), () -> watch(time, chains, key, student, end));
    }
  }

  private static List<ChainKey> open(Chains chains) {
    List<ChainKey> keys = new ArrayList<>();
    for (int i = 0; i < WATCHING; i++) {
      keys.add(chains.open(session(i), TYPE, "student-" + i));
    }
    return keys;
  }

  static Chains chains(VirtualTime time, CountedStore store) {
    return Chains.builder()
        .store(store)
        .time(time)
        .executor(Runnable::run)
        .type(TYPE, ChainPolicy.builder(TYPE, SHOWN).build())
        .build();
  }

  private static String session(int student) {
    return "session-" + student % SESSIONS;
  }

  /** A screen that shows whatever comes. */
  private static final class Screen implements TokenSubscriber {
    @Override
    public void onToken(LiveToken token) {}

    @Override
    public void onOver(PollResult reason) {}
  }
}
