package dev.tokenlife.examples.due;

import dev.tokenlife.model.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What the environment says. */
final class Settings {
  private final Map<String, String> environment;

  Settings(Map<String, String> environment) {
    this.environment = environment;
  }

  String need(String name) {
    String value = environment.get(name);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(name + " is missing: see the README of this example");
    }
    return value;
  }

  String text(String name, String otherwise) {
    return environment.getOrDefault(name, otherwise);
  }

  Duration duration(String name, Duration otherwise) {
    String value = environment.get(name);
    return value == null ? otherwise : parse(value);
  }

  /** The chains to keep, for a store that begins empty: partition/id, separated by commas. */
  List<String> chains() {
    return Stream.of(text("CHAINS", "").split(","))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .toList();
  }

  /** 30s, 30m, 2h. */
  static Duration parse(String value) {
    return Duration.parse("PT" + value.toUpperCase(Locale.ROOT));
  }

  /**
   * A secret by reference, {@code file:/run/secrets/client} or {@code env:NAME}, read again for
   * each request, so that a rotated one needs no restart. The secret itself is refused:
   * environments are printed too often.
   */
  Supplier<Secret> secret(String name) {
    String reference = need(name);
    if (reference.startsWith("file:")) {
      Path path = Path.of(reference.substring(5));
      return () -> Secret.of(read(path));
    }
    if (reference.startsWith("env:")) {
      return () -> Secret.of(need(reference.substring(4)));
    }
    throw new IllegalArgumentException(name + " must be file:<path> or env:<variable>");
  }

  private static String read(Path path) {
    try {
      return Files.readString(path).strip();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
