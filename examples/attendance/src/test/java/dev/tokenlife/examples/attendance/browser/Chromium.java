package dev.tokenlife.examples.attendance.browser;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A headless Chromium of this machine, with a profile of its own that goes when it ends. */
final class Chromium implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");
  private static final List<String> FLAGS =
      List.of(
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--disable-dev-shm-usage",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--remote-debugging-address=127.0.0.1",
          "--remote-debugging-port=0");

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path profile;
  private final Process process;
  private final String socket;
  private final DevTools tools;

  private Chromium(Path binary) throws IOException {
    profile = Files.createTempDirectory("attendance-browser");
    List<String> command = new ArrayList<>(List.of(binary.toString()));
    command.addAll(FLAGS);
    command.add("--user-data-dir=" + profile);
    command.add("about:blank");
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(profile.resolve("browser.log").toFile())
            .start();
    try {
      List<String> port = port();
      socket = "ws://127.0.0.1:" + port.get(0);
      tools = new DevTools(http, socket + port.get(1));
    } catch (RuntimeException failure) {
      process.destroyForcibly();
      throw failure;
    }
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

  /** Starts it; it takes some seconds. */
  static Chromium start(Path binary) {
    try {
      return new Chromium(binary);
    } catch (IOException failure) {
      throw new UncheckedIOException(binary + " cannot be started", failure);
    }
  }

  /** Opens a page in a profile of its own: another person, with other cookies. */
  Page person() {
    String context =
        tools.call("Target.createBrowserContext", Map.of()).path("browserContextId").asText();
    JsonNode target =
        tools.call(
            "Target.createTarget", Map.of("url", "about:blank", "browserContextId", context));
    String page = socket + "/devtools/page/" + target.path("targetId").asText();
    return new Page(new DevTools(http, page));
  }

  @Override
  public void close() {
    tools.close();
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    delete(profile);
  }

  private List<String> port() {
    Path file = profile.resolve("DevToolsActivePort");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> Files.exists(file) && Files.readAllLines(file).size() == 2);
    try {
      return Files.readAllLines(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** What the browser still writes while it ends is left to the system. */
  private static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::deleteOnExit);
    } catch (IOException | UncheckedIOException stillInUse) {
      directory.toFile().deleteOnExit();
    }
  }
}
