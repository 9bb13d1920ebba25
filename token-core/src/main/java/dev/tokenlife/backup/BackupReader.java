package dev.tokenlife.backup;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a backup line by line. Everything that is wrong is a {@link BackupException} that names the
 * line and shows nothing of it. Used by one thread.
 */
final class BackupReader implements AutoCloseable {
  /** The form that is written, and the only one that is read. */
  static final int FORMAT = 1;

  private final Path file;
  private final BufferedReader lines;
  private BackupReport report = BackupReport.NOTHING;
  private long number;
  private boolean ended;

  BackupReader(Path file) {
    this.file = file;
    try {
      lines = Files.newBufferedReader(file, StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new BackupException(file + " cannot be read: " + e, e);
    }
  }

  /** Reads all of a file and returns what is in it, if it is a whole backup. */
  static BackupReport verified(Path file) {
    try (BackupReader reader = new BackupReader(file)) {
      Optional<Line> line;
      do {
        line = reader.next();
      } while (line.isPresent());
      return reader.report;
    }
  }

  /** Returns the next line; empty after the last one. */
  Optional<Line> next() {
    String text = text();
    if (text == null) {
      if (!ended) {
        throw wrong("the file ends here and not with its last line: the backup is not complete");
      }
      return Optional.empty();
    }
    number++;
    Line line;
    try {
      line = LineCodec.read(text);
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
    check(line);
    report = report.plus(line);
    return Optional.of(line);
  }

  private void check(Line line) {
    if (ended) {
      throw wrong("there is something behind the last line of the backup");
    }
    if ((number == 1) != line instanceof Line.Header) {
      throw wrong("a backup has one first line, of the kind '" + LineCodec.HEADER + "'");
    }
    if (line instanceof Line.Header header && header.format() != FORMAT) {
      throw wrong(
          "format "
              + header.format()
              + " is not known to this release, which reads format "
              + FORMAT
              + ": restore with the release that wrote it");
    }
    if (line instanceof Line.End end) {
      ended = true;
      if (!end.report().equals(report)) {
        throw wrong("lines are missing before it: " + end.report() + " expected, not " + report);
      }
    }
  }

  @Override
  public void close() {
    try {
      lines.close();
    } catch (IOException e) {
      throw new BackupException(file + " cannot be closed: " + e, e);
    }
  }

  private @Nullable String text() {
    try {
      return lines.readLine();
    } catch (IOException e) {
      throw wrong("what follows cannot be read: " + e.getClass().getSimpleName());
    }
  }

  private BackupException wrong(String what) {
    return new BackupException(file + ", line " + number + ": " + what);
  }
}
