package dev.tokenlife.azure.emulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The emulator's files, installed once into {@code target/emulator} from the pinned lock file.
 * Needs Node.js 18 or later and npm on the path, and a package registry the first time.
 */
public final class AzuriteInstall {
  private static final List<String> FILES =
      List.of("package.json", "package-lock.json", "azurite-preload.js");

  private final Path directory;

  private AzuriteInstall(Path directory) {
    this.directory = directory;
  }

  /** Returns why the emulator cannot be used here; empty if it can. */
  public static Optional<String> missing() {
    if (!succeeds("node", "--version")) {
      return Optional.of("there is no Node.js on the path");
    }
    return succeeds("npm", "--version") ? Optional.empty() : Optional.of("there is no npm");
  }

  /** Installs the emulator below a directory, unless this very version is there already. */
  public static AzuriteInstall in(Path target) {
    Path directory = target.resolve("emulator").toAbsolutePath();
    try {
      Files.createDirectories(directory);
      try (FileChannel channel =
              FileChannel.open(
                  directory.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        install(directory, lock);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the emulator cannot be installed in " + directory, e);
    }
    return new AzuriteInstall(directory);
  }

  String node() {
    return "node";
  }

  Path directory() {
    return directory;
  }

  Path preload() {
    return directory.resolve("azurite-preload.js");
  }

  Path main() {
    return directory.resolve("node_modules/azurite/dist/src/table/main.js");
  }

  private static void install(Path directory, FileLock lock) throws IOException {
    if (!lock.isValid()) {
      throw new IOException("the lock on " + directory + " was lost");
    }
    Path installed = directory.resolve("installed-package-lock.json");
    byte[] wanted = resource("package-lock.json");
    for (String file : FILES) {
      Files.write(directory.resolve(file), resource(file));
    }
    if (Files.exists(installed) && Arrays.equals(Files.readAllBytes(installed), wanted)) {
      return;
    }
    npmCi(directory);
    Files.copy(
        directory.resolve("package-lock.json"), installed, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void npmCi(Path directory) throws IOException {
    Path log = directory.resolve("npm-ci.txt");
    Process npm =
        new ProcessBuilder("npm", "ci", "--no-fund", "--no-audit", "--prefer-offline")
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (exitCode(npm, 300) != 0) {
      throw new IOException("npm ci failed:\n" + Files.readString(log));
    }
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = AzuriteInstall.class.getResourceAsStream("/emulator/" + name)) {
      if (in == null) {
        throw new IOException("/emulator/" + name + " is not on the class path");
      }
      return in.readAllBytes();
    }
  }

  private static boolean succeeds(String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return exitCode(process, 30) == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static int exitCode(Process process, long seconds) throws IOException {
    try {
      if (process.waitFor(seconds, TimeUnit.SECONDS)) {
        return process.exitValue();
      }
      process.destroyForcibly();
      throw new IOException("did not end within " + seconds + " s");
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
