package dev.tokenlife.backup;

import com.fasterxml.jackson.core.JacksonException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A backup in the making: {@code <name>.part}, and beside it {@code <name>.progress}, which says up
 * to where it is complete; what comes behind is cut off before it is continued. Only a whole backup
 * gets the name that was asked for. Readable by its owner only, where files have owners. Used by
 * one thread.
 */
final class BackupFile implements AutoCloseable {
  private final Path file;
  private final Path part;
  private final Path note;
  private final FileChannel channel;
  private final Writer out;
  private final Checkpoint start;

  private BackupFile(Path file, Checkpoint asked) throws IOException {
    this.file = file;
    this.part = beside(file, ".part");
    this.note = beside(file, ".progress");
    if (Files.exists(file)) {
      throw new BackupException(file + " exists: choose another name, or move it away first");
    }
    start = earlier(asked);
    create();
    channel = FileChannel.open(part, StandardOpenOption.WRITE);
    channel.truncate(start.bytes());
    channel.position(start.bytes());
    out =
        new BufferedWriter(
            new OutputStreamWriter(Channels.newOutputStream(channel), StandardCharsets.US_ASCII));
  }

  /**
   * Opens a new file, or what an earlier attempt left of it.
   *
   * @throws BackupException if that attempt had another source or other tables
   */
  static BackupFile open(Path file, Checkpoint asked) {
    try {
      return new BackupFile(file, asked);
    } catch (IOException e) {
      throw new BackupException(file + " cannot be written: " + e, e);
    }
  }

  /** Returns where to go on. */
  Checkpoint start() {
    return start;
  }

  void write(Line line) {
    try {
      out.write(LineCodec.write(line));
      out.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(part + " cannot be written", e);
    }
  }

  /** Makes everything so far durable, and notes where to go on. */
  void checkpoint(Checkpoint now) {
    try {
      out.flush();
      channel.force(false);
      Path next = beside(file, ".progress.next");
      Files.writeString(next, Json.text(now.at(channel.position())));
      Files.move(next, note, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("the progress cannot be noted in " + note, e);
    }
  }

  /** Gives it its name; a crash before that leaves it as it was at the last checkpoint. */
  void finish() {
    try {
      out.flush();
      channel.force(true);
      out.close();
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      Files.deleteIfExists(note);
    } catch (IOException e) {
      throw new UncheckedIOException(part + " cannot be finished", e);
    }
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException(part + " cannot be closed", e);
    }
  }

  private Checkpoint earlier(Checkpoint asked) throws IOException {
    if (!Files.exists(note) || !Files.exists(part)) {
      return asked;
    }
    Checkpoint earlier;
    try {
      earlier = Json.as(Json.parse(Files.readString(note)), Checkpoint.class);
    } catch (JacksonException e) {
      throw new BackupException(note + " cannot be read: delete it and " + part + " to start anew");
    }
    if (!earlier.continues(asked) || Files.size(part) < earlier.bytes()) {
      throw new BackupException(
          part
              + " was begun from "
              + earlier.source()
              + " with the tables "
              + earlier.tables()
              + ": continue it from there, or delete it and "
              + note
              + " to start anew");
    }
    return earlier;
  }

  private void create() throws IOException {
    if (Files.exists(part)) {
      return;
    }
    if (part.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } else {
      Files.createFile(part);
    }
  }

  private static Path beside(Path file, String ending) {
    return file.resolveSibling(file.getFileName() + ending);
  }
}
