package dev.tokenlife.examples.fleet.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** A headless Chromium of this machine that looks at one page and ends. */
final class Chromium {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");
  private static final long PATIENCE_SECONDS = 120;

  private final Path binary;
  private final Path directory;

  /** Looks with this browser, and keeps what it needs in a directory of its own. */
  Chromium(Path binary, Path directory) {
    this.binary = binary;
    this.directory = directory;
  }

  /** Returns the browser on the path, if there is one. */
  static Optional<Path> find() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return NAMES.stream()
        .flatMap(
            name -> Stream.of(path.split(File.pathSeparator, -1)).map(dir -> Path.of(dir, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Returns the document after its scripts have drawn it. */
  String document(String address) throws IOException, InterruptedException {
    Path dump = directory.resolve("document.html");
    run(dump, List.of("--dump-dom", address));
    return Files.readString(dump);
  }

  /** Returns what a window of this size shows. */
  BufferedImage picture(String address, int width, int height, boolean dark)
      throws IOException, InterruptedException {
    Path file = directory.resolve("picture-" + width + (dark ? "-dark" : "") + ".png");
    List<String> arguments =
        new ArrayList<>(List.of("--screenshot=" + file, "--window-size=" + width + "," + height));
    if (dark) {
      arguments.add("--blink-settings=preferredColorScheme=0");
    }
    arguments.add(address);
    run(directory.resolve("output"), arguments);
    BufferedImage picture = ImageIO.read(file.toFile());
    assertThat(picture).as("a picture in " + file).isNotNull();
    return picture;
  }

  private void run(Path output, List<String> arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                binary.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--virtual-time-budget=3000",
                "--user-data-dir=" + directory.resolve("profile")));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(directory.resolve("browser.log").toFile())
            .start();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new AssertionError("Chromium did not end within " + PATIENCE_SECONDS + " s");
    }
    assertThat(process.exitValue()).as(() -> log()).isZero();
  }

  private String log() {
    try {
      return Files.readString(directory.resolve("browser.log"));
    } catch (IOException unreadable) {
      return "no log: " + unreadable;
    }
  }
}
