package dev.tokenlife.azure;

import com.azure.data.tables.TableServiceClient;
import dev.tokenlife.azure.emulator.Azurite;
import dev.tokenlife.azure.emulator.AzuriteExtension;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.testing.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * The store beside the plain SDK doing the same conditional writes by hand: same emulator, same
 * HTTP client, same rows, taking turns within one run. Prints the tables of docs/benchmarks.md.
 * Arguments: operations of each kind, rounds, milliseconds of a round.
 */
public final class StoreReport {
  private static final int THREADS = 8;

  private final Peer[] peers;
  private final int operations;

  private StoreReport(Peer plain, Peer store, int operations) {
    this.peers = new Peer[] {plain, store};
    this.operations = operations;
  }

  /** Runs it all. */
  public static void main(String... args) throws Exception {
    int operations = args.length > 0 ? Integer.parseInt(args[0]) : 1_500;
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 9;
    int millis = args.length > 2 ? Integer.parseInt(args[2]) : 2_000;
    Azurite azurite = AzuriteExtension.shared();
    AzureTokenStoreBuilder settings =
        AzureTokenStore.builder()
            .connectionString(azurite.connectionString())
            .olderRows(false)
            .tablePrefix("ours");
    AzureTokenStore store = settings.build();
    store.initialize();
    TableServiceClient plain = Clients.build(settings);
    plain.createTableIfNotExists("plainChains");
    StoreReport report =
        new StoreReport(
            new PlainPeer(plain.getTableClient("plainChains")), new StorePeer(store), operations);
    System.out.printf(
        "JDK %s, %d processors%n", Runtime.version(), Runtime.getRuntime().availableProcessors());
    report.latencies();
    report.throughput(rounds, millis);
    azurite.close();
  }

  private void latencies() {
    System.out.println("\n| ms | plain p50 | p99 | store p50 | p99 | ratio p50 | ratio p99 |");
    System.out.println("|---|---|---|---|---|---|---|");
    measured(0, operations / 3);
    for (Latency latency : measured(1, operations)) {
      System.out.println(latency.line());
    }
  }

  /** Each operation is done by both, in turns, so that both see the same machine. */
  private List<Latency> measured(int pass, int times) {
    Latency create = new Latency("create", times);
    Latency get = new Latency("get", times);
    Latency update = new Latency("update", times);
    Latency list = new Latency("list 30", times);
    Latency batch = new Latency("batch of 100", times / 10);
    for (int i = 0; i < times; i++) {
      for (int turn = 0; turn < 2; turn++) {
        int who = (i + turn) % 2;
        Peer peer = peers[who];
        ChainRow row = row("p" + pass + "-" + i / 30, "c" + i);
        String version = create.of(who, () -> peer.create(row));
        get.of(who, () -> peer.get(row));
        update.of(who, () -> peer.update(Rows.next(row), version));
        if (i >= 30) {
          String full = "p" + pass + "-" + (i / 30 - 1);
          list.of(who, () -> peer.list(full));
        }
        if (i % 10 == 0) {
          String partition = "b" + pass + "-" + i;
          // The note that the first chain of a partition costs belongs to no batch.
          peer.create(row(partition, "first"));
          List<ChainRow> rows = rows(partition);
          batch.of(who, () -> peer.createAll(rows));
        }
      }
    }
    return List.of(create, get, update, list, batch);
  }

  private void throughput(int rounds, int millis) throws Exception {
    System.out.println(
        "\n| read + conditional write, " + THREADS + " threads | plain /s | store /s | ratio |");
    System.out.println("|---|---|---|---|");
    double[] ratios = new double[rounds];
    long[][] all = new long[2][rounds];
    for (int round = -1; round < rounds; round++) {
      long[] done = new long[2];
      for (int turn = 0; turn < 2; turn++) {
        int who = Math.floorMod(round + turn, 2);
        done[who] = rotations(peers[who], "t" + round, millis);
      }
      if (round >= 0) {
        all[0][round] = done[0] * 1_000 / millis;
        all[1][round] = done[1] * 1_000 / millis;
        ratios[round] = (double) done[1] / done[0];
      }
    }
    Arrays.sort(ratios);
    Arrays.sort(all[0]);
    Arrays.sort(all[1]);
    int middle = rounds / 2;
    System.out.printf(
        Locale.ROOT,
        "| median of %d rounds | %d | %d | %.2f (%.2f to %.2f) |%n",
        rounds,
        all[0][middle],
        all[1][middle],
        ratios[middle],
        ratios[0],
        ratios[rounds - 1]);
  }

  private static long rotations(Peer peer, String name, int millis) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Callable<Long>> tasks =
          IntStream.range(0, THREADS)
              .<Callable<Long>>mapToObj(
                  i -> () -> rotations(peer, row(name + "-" + i, "chain"), millis))
              .toList();
      long done = 0;
      for (Future<Long> one : threads.invokeAll(tasks)) {
        done += one.get();
      }
      return done;
    } finally {
      threads.shutdown();
    }
  }

  private static long rotations(Peer peer, ChainRow first, int millis) {
    ChainRow row = first;
    peer.create(row);
    long end = System.nanoTime() + millis * 1_000_000L;
    long done = 0;
    while (System.nanoTime() < end) {
      row = Rows.next(row);
      peer.update(row, peer.get(row));
      done++;
    }
    return done;
  }

  private static List<ChainRow> rows(String partition) {
    List<ChainRow> rows = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      rows.add(row(partition, "c" + i));
    }
    return rows;
  }

  private static ChainRow row(String partition, String id) {
    return Rows.minted(ChainKey.of(partition, id));
  }
}
