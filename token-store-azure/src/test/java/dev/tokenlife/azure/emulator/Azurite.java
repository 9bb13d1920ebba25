package dev.tokenlife.azure.emulator;

import com.azure.data.tables.TableServiceClient;
import com.azure.data.tables.TableServiceClientBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One running emulator, on a free port of 127.0.0.1, without telemetry. It dies with this JVM: its
 * stdin is our pipe.
 */
public final class Azurite implements AutoCloseable {
  // Published by the emulator's makers for everybody; protects nothing.
  private static final String ACCOUNT = "devstoreaccount1";
  private static final String KEY =
      "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

  private static final long START_SECONDS = 30;

  private final AzuriteInstall install;
  private final Optional<Path> directory;
  private volatile Process process;
  private volatile int port;

  private Azurite(AzuriteInstall install, Optional<Path> directory) {
    this.install = install;
    this.directory = directory;
    this.process = launch(0);
  }

  /** Starts an emulator that keeps its rows in memory. */
  public static Azurite inMemory(AzuriteInstall install) {
    return new Azurite(install, Optional.empty());
  }

  /** Starts an emulator that keeps its rows in a directory. */
  public static Azurite onDisk(AzuriteInstall install, Path directory) {
    return new Azurite(install, Optional.of(directory));
  }

  /** Returns how to reach it with the account's key. */
  public String connectionString() {
    return connectionString(port);
  }

  /** Returns the same through another port, such as a proxy's. */
  public String connectionString(int throughPort) {
    return "DefaultEndpointsProtocol=http;AccountName="
        + ACCOUNT
        + ";AccountKey="
        + KEY
        + ";TableEndpoint="
        + endpoint(throughPort)
        + ";";
  }

  /** Returns where the tables are. */
  public String endpoint() {
    return endpoint(port);
  }

  public int port() {
    return port;
  }

  /** Returns the plain SDK, with nothing of ours in between. */
  public TableServiceClient sdk() {
    return new TableServiceClientBuilder().connectionString(connectionString()).buildClient();
  }

  /** Stops its threads where they are; connections stay open and unanswered. */
  public void pause() {
    signal("STOP");
  }

  /** Lets it go on. */
  public void resume() {
    signal("CONT");
  }

  /** Stops it as an orderly service does, everything saved. */
  public void stop() {
    process.destroy();
    await(process);
  }

  /** Ends it at once: on disk, what it acknowledged in the last seconds is lost. */
  public void kill() {
    process.destroyForcibly();
    await(process);
  }

  /** Starts it again on the same port after {@link #stop} or {@link #kill}. */
  public void start() {
    process = launch(port);
  }

  public boolean isRunning() {
    return process.isAlive();
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      resume();
      process.destroyForcibly();
      await(process);
    }
  }

  private Process launch(int onPort) {
    List<String> command =
        new ArrayList<>(
            List.of(
                install.node(),
                "--require",
                install.preload().toString(),
                install.main().toString(),
                "--tableHost",
                "127.0.0.1",
                "--tablePort",
                Integer.toString(onPort),
                "--silent",
                "--disableTelemetry"));
    if (directory.isPresent()) {
      command.addAll(List.of("--location", directory.get().toString()));
    } else {
      command.add("--inMemoryPersistence");
    }
    try {
      Process started =
          new ProcessBuilder(command)
              .directory(install.directory().toFile())
              .redirectErrorStream(true)
              .start();
      port = portOf(started);
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException("the emulator cannot be started: " + command, e);
    }
  }

  /** Waits for its port, or for the words with which it gives up. */
  private static int portOf(Process started) {
    CompletableFuture<Integer> port = new CompletableFuture<>();
    Thread reader = new Thread(() -> read(started, port), "azurite-output");
    reader.setDaemon(true);
    reader.start();
    try {
      return port.get(START_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      started.destroyForcibly();
      throw new IllegalStateException("the emulator did not start", e);
    } catch (InterruptedException e) {
      started.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the emulator started", e);
    }
  }

  private static void read(Process started, CompletableFuture<Integer> port) {
    StringBuilder said = new StringBuilder();
    int chosen = 0;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!port.isDone()) {
          said.append(line).append('\n');
        }
        if (line.startsWith("AZURITE_PORT=")) {
          chosen = Integer.parseInt(line.substring("AZURITE_PORT=".length()));
        } else if (line.contains("successfully") && chosen != 0) {
          port.complete(chosen);
        }
      }
    } catch (IOException e) {
      said.append(e);
    }
    port.completeExceptionally(new IOException("it ended after saying: " + said));
  }

  private static String endpoint(int port) {
    return "http://127.0.0.1:" + port + "/" + ACCOUNT;
  }

  private void signal(String name) {
    try {
      Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
      await(kill);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void await(Process ending) {
    try {
      if (!ending.waitFor(10, TimeUnit.SECONDS)) {
        ending.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
