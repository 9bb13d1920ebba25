package dev.tokenlife.crypto;

import dev.tokenlife.model.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/** Places where the text of a key ring is kept; any other is a lambda. */
public final class KeySources {
  private KeySources() {}

  /** Reads an environment variable; it cannot change while the process runs. */
  public static Supplier<Secret> environment(String variable) {
    return () -> {
      String text = System.getenv(variable);
      if (text == null || text.isBlank()) {
        throw new KeyRefusedException(
            "the environment variable "
                + variable
                + " is not set: set it to 1:$(openssl rand -base64 32)");
      }
      return Secret.of(text);
    };
  }

  /** Reads a file, as mounted secrets are; read again by every reload. */
  public static Supplier<Secret> file(Path path) {
    return () -> {
      try {
        return Secret.of(Files.readString(path));
      } catch (IOException failure) {
        throw new UncheckedIOException("the key file " + path + " cannot be read", failure);
      }
    };
  }
}
