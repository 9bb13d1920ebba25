package dev.tokenlife.examples.bank;

import dev.tokenlife.Tokens;
import dev.tokenlife.memory.MemoryTokenStore;
import dev.tokenlife.scheduler.ScheduledEngine;
import dev.tokenlife.spi.RefreshPolicy;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Pays continuously while tokens of 20 s are refreshed behind it and the bank's login fails for 10
 * s now and then. {@code --for 60s} ends it by itself; the exit code is 0 only if no payment
 * waited, was rejected or failed.
 */
public final class BankClient {
  private static final Duration LIFETIME = Duration.ofSeconds(20);
  private static final Duration OUTAGE = Duration.ofSeconds(10);
  private static final Duration OUTAGE_EVERY = Duration.ofSeconds(25);
  private static final int THREADS = 4;

  private BankClient() {}

  /** Runs the example. */
  public static void main(String[] args) throws Exception {
    Duration length = length(args);
    try (FakeBank bank = new FakeBank(LIFETIME)) {
      boolean kept = run(bank, length);
      if (!kept) {
        System.exit(1);
      }
    }
  }

  /** Returns whether every promise was kept. */
  static boolean run(FakeBank bank, Duration length) throws Exception {
    HttpClient http = HttpClient.newHttpClient();
    // Due after 6 of 20 s, and served to the end while the login is down: an outage of 10 s is less
    // than what is left, so nobody has to wait for its end.
    try (Tokens tokens =
        Tokens.builder()
            .source(new BankLogin(http, bank.uri("/login")))
            .engine(ScheduledEngine.create())
            .store(MemoryTokenStore.create())
            .policy(RefreshPolicy.fraction(0.3))
            .serveAfterHardStop(true)
            .build()) {
      Payments payments = new Payments(tokens, http, bank.uri("/payments"));
      payments.open();
      List<Thread> payers = start(payments);
      watch(bank, payments, length);
      for (Thread payer : payers) {
        payer.interrupt();
        payer.join(5_000);
      }
      return summary(bank, payments, tokens);
    }
  }

  private static List<Thread> start(Payments payments) {
    List<Thread> payers = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Thread payer = new Thread(() -> payOn(payments), "payer-" + i);
      payer.setDaemon(true);
      payer.start();
      payers.add(payer);
    }
    return payers;
  }

  private static void payOn(Payments payments) {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        payments.pay();
        Thread.sleep(20);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (IOException closing) {
      if (!Thread.currentThread().isInterrupted()) {
        System.err.println("a payer ended: " + closing);
      }
    }
  }

  private static void watch(FakeBank bank, Payments payments, Duration length)
      throws InterruptedException {
    long started = System.nanoTime();
    while (true) {
      long second = (System.nanoTime() - started) / 1_000_000_000L;
      if (second >= length.toSeconds()) {
        return;
      }
      long inCycle = second % OUTAGE_EVERY.toSeconds();
      boolean down = inCycle >= OUTAGE_EVERY.toSeconds() - OUTAGE.toSeconds();
      bank.loginDown(down);
      System.out.printf(
          Locale.ROOT,
          "%3ds  login %-4s  payments %6d  waited %d  rejected %d  failed %d  refreshes %d%n",
          second,
          down ? "DOWN" : "up",
          payments.made(),
          payments.waited(),
          payments.rejected(),
          payments.failed(),
          bank.logins());
      Thread.sleep(1_000);
    }
  }

  private static boolean summary(FakeBank bank, Payments payments, Tokens tokens) {
    Map<String, Object> status = tokens.status();
    System.out.println();
    System.out.println("payments made            " + payments.made());
    System.out.println("payments that waited     " + payments.waited() + "   promised: 0");
    System.out.println("payments rejected        " + payments.rejected() + "   promised: 0");
    System.out.println("payments failed          " + payments.failed() + "   promised: 0");
    System.out.println("refreshes                " + bank.logins());
    System.out.println("logins refused by outage " + bank.refusedLogins());
    System.out.println("timer late at most       " + status.get("lateMaxMillis") + " ms");
    return payments.made() > 0 && payments.waited() + payments.rejected() + payments.failed() == 0;
  }

  private static Duration length(String[] args) {
    for (int i = 0; i + 1 < args.length; i++) {
      if (args[i].equals("--for")) {
        return Duration.parse("PT" + args[i + 1].toUpperCase(Locale.ROOT));
      }
    }
    return Duration.ofDays(1);
  }
}
