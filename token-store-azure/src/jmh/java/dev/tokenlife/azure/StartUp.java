package dev.tokenlife.azure;

import com.azure.data.tables.TableClient;
import com.azure.data.tables.TableServiceClientBuilder;
import com.azure.data.tables.models.TableServiceException;
import dev.tokenlife.azure.emulator.Azurite;
import dev.tokenlife.azure.emulator.AzuriteExtension;
import dev.tokenlife.model.ChainKey;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * From nothing to the first answer in a JVM of its own: the store, and the plain SDK with one read.
 * Prints a line for docs/benchmarks.md.
 */
public final class StartUp {
  private static final int TIMES = 7;

  private StartUp() {}

  /** Without arguments starts the others; with them is one of those. */
  public static void main(String... args) throws Exception {
    if (args.length > 0) {
      once(args[0], args[1]);
      return;
    }
    Azurite azurite = AzuriteExtension.shared();
    AzureTokenStore.connect(azurite.connectionString()).close();
    long[][] millis = new long[2][TIMES];
    for (int i = 0; i < TIMES; i++) {
      millis[0][i] = forked("plain", azurite);
      millis[1][i] = forked("store", azurite);
    }
    Arrays.sort(millis[0]);
    Arrays.sort(millis[1]);
    System.out.printf(
        Locale.ROOT,
        "first answer, median of %d JVMs: plain SDK %d ms, store %d ms (set up: 4 requests more)%n",
        TIMES,
        millis[0][TIMES / 2],
        millis[1][TIMES / 2]);
    azurite.close();
  }

  private static void once(String who, String connectionString) {
    long start = System.nanoTime();
    if (who.equals("store")) {
      AzureTokenStore store = AzureTokenStore.connect(connectionString);
      if (store.find(ChainKey.of("nowhere", "nothing")).isPresent()) {
        throw new IllegalStateException("something is there");
      }
    } else {
      plainRead(connectionString);
    }
    System.out.println((System.nanoTime() - start) / 1_000_000);
    System.exit(0);
  }

  private static void plainRead(String connectionString) {
    TableClient table =
        new TableServiceClientBuilder()
            .connectionString(connectionString)
            .buildClient()
            .getTableClient("Chains");
    try {
      table.getEntity("nowhere", "nothing");
    } catch (TableServiceException missing) {
      if (missing.getResponse().getStatusCode() != 404) {
        throw missing;
      }
    }
  }

  private static long forked(String who, Azurite azurite) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                StartUp.class.getName(),
                who,
                azurite.connectionString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String said =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    return Long.parseLong(said.strip());
  }
}
