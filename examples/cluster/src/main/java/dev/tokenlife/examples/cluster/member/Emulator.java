package dev.tokenlife.examples.cluster.member;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The table storage emulator, installed once from the pinned lock file, in memory, on a free port
 * of 127.0.0.1. Needs Node.js 18 or later with npm. It ends with this process, whose pipe is its
 * standard input.
 */
public final class Emulator implements AutoCloseable {
  // Published by the emulator's makers for everybody; protects nothing.
  private static final String ACCOUNT = "devstoreaccount1";
  private static final String KEY =
      "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

  private static final String LOCK = "package-lock.json";
  private static final List<String> FILES = List.of("package.json", LOCK, "azurite-preload.js");

  private final Process process;
  private final int port;

  private Emulator(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts it from a directory, where it is installed unless it is there already. */
  public static Emulator start(Path directory) throws IOException, InterruptedException {
    install(directory);
    Process process =
        new ProcessBuilder(
                "node",
                "--require",
                "./azurite-preload.js",
                "node_modules/azurite/dist/src/table/main.js",
                "--tableHost",
                "127.0.0.1",
                "--tablePort",
                "0",
                "--silent",
                "--disableTelemetry",
                "--inMemoryPersistence")
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
    return new Emulator(process, port(process));
  }

  public int port() {
    return port;
  }

  /** Returns how to reach it through a port, its own or a proxy's. */
  public static String connectionString(int port) {
    return "DefaultEndpointsProtocol=http;AccountName="
        + ACCOUNT
        + ";AccountKey="
        + KEY
        + ";TableEndpoint=http://127.0.0.1:"
        + port
        + "/"
        + ACCOUNT
        + ";";
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private static void install(Path directory) throws IOException, InterruptedException {
    Files.createDirectories(directory);
    Path installed = directory.resolve("installed-" + LOCK);
    byte[] wanted = resource(LOCK);
    for (String file : FILES) {
      Files.write(directory.resolve(file), resource(file));
    }
    if (Files.exists(installed) && Arrays.equals(Files.readAllBytes(installed), wanted)) {
      return;
    }
    System.out.println("Installing the emulator below " + directory + " ...");
    Path log = directory.resolve("npm-ci.txt");
    Process npm =
        new ProcessBuilder("npm", "ci", "--no-fund", "--no-audit", "--prefer-offline")
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (!npm.waitFor(300, TimeUnit.SECONDS) || npm.exitValue() != 0) {
      npm.destroyForcibly();
      throw new IOException("npm ci failed: " + Files.readString(log));
    }
    Files.write(installed, wanted);
  }

  /** Waits for the word that it listens; what it says later is thrown away. */
  private static int port(Process process) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder said = new StringBuilder();
    int port = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      said.append(line).append('\n');
      if (line.startsWith("AZURITE_PORT=")) {
        port = Integer.parseInt(line.substring("AZURITE_PORT=".length()));
      } else if (line.contains("successfully") && port != 0) {
        Thread drain = new Thread(() -> lines.lines().forEach(later -> {}), "emulator-output");
        drain.setDaemon(true);
        drain.start();
        return port;
      }
    }
    throw new IOException("the emulator ended after saying: " + said);
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = Emulator.class.getResourceAsStream("/emulator/" + name)) {
      if (in == null) {
        throw new IOException("/emulator/" + name + " is not on the class path: build the example");
      }
      return in.readAllBytes();
    }
  }
}
