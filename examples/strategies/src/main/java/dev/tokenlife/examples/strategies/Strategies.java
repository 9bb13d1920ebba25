package dev.tokenlife.examples.strategies;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Prints what each strategy costs for one hour of attendance: 10 sessions of 30 students, 50 of
 * them watching a code that changes every 10 s. {@code --price 0.00036} is the price of 10 000
 * transactions. The exit code is 0 only if the library keeps to its goals.
 */
public final class Strategies {
  private static final double PRICE = 0.00036;
  private static final double GIGABYTE_MONTH = 0.045;
  private static final int BAR = 48;

  private Strategies() {}

  /** Runs the comparison. */
  public static void main(String[] args) throws Exception {
    double price = price(args);
    Attendance hour = new Attendance(Duration.ofHours(1));
    Cost pull = hour.pollAfter();
    Cost push = hour.push();
    Cost sealed = hour.sealed();
    List<Cost> all = List.of(hour.serverTimer(), hour.clientPull(), pull, push, sealed);
    System.out.println("One hour: 10 sessions x 30 students, 50 watching, a new code every 10 s");
    System.out.println();
    all.forEach(cost -> print(cost, all.get(0).operations(), price));
    double month = month(price);
    System.out.printf(
        Locale.ROOT,
        "%nAt USD %.5f per 10 000 transactions and %.3f per GB and month. Prices change: check yours,"
            + " and set --price.%n",
        price,
        GIGABYTE_MONTH);
    boolean kept =
        pull.operations() <= 36_000
            && push.operations() <= 18_000
            && sealed.operations() == 0
            && (price > PRICE || month < 1);
    System.out.println(kept ? "Within the goals." : "NOT within the goals.");
    if (!kept) {
      System.exit(1);
    }
  }

  private static void print(Cost cost, long most, double price) {
    String bar = "#".repeat((int) Math.ceil(cost.operations() * (double) BAR / most));
    System.out.printf(
        Locale.ROOT,
        "%-23s %8d  USD %.5f  %s%n%35s%s%n",
        cost.strategy(),
        cost.operations(),
        cost.operations() / 10_000.0 * price,
        bar,
        "",
        cost.remark());
  }

  /** Prints the month and returns what it costs. */
  private static double month(double price) {
    Month session = Month.count();
    long transactions = session.transactions() * Month.SESSIONS;
    double gigabytes = session.rows() * Month.SESSIONS * (double) Month.BYTES_PER_ROW / 1e9;
    double total = transactions / 10_000.0 * price + gigabytes * GIGABYTE_MONTH;
    System.out.printf(
        Locale.ROOT,
        "%nA month: 10 sessions a day x 100 students, pull with pollAfter, an hour each%n"
            + "transactions %d (%d a session), storage %.3f GB, together USD %.4f%n",
        transactions,
        session.transactions(),
        gigabytes,
        total);
    return total;
  }

  private static double price(String[] args) {
    for (int i = 0; i + 1 < args.length; i++) {
      if (args[i].equals("--price")) {
        return Double.parseDouble(args[i + 1]);
      }
    }
    return PRICE;
  }
}
