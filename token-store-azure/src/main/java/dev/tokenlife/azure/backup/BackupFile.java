package dev.tokenlife.azure.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
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
import java.util.Optional;

/**
 * The file of a backup in the making, and beside it a note of how far it is complete. What comes
 * behind the note is cut off before it is continued. Used by one thread.
 */
final class BackupFile implements AutoCloseable {
  private final Path note;
  private final FileChannel channel;
  private final Writer out;

  BackupFile(Path file, long completeBytes) {
    this.note = note(file);
    try {
      channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      channel.truncate(completeBytes);
      channel.position(completeBytes);
      OutputStream bytes = Channels.newOutputStream(channel);
      out = new BufferedWriter(new OutputStreamWriter(bytes, StandardCharsets.UTF_8), 1 << 16);
    } catch (IOException e) {
      throw new UncheckedIOException("the backup cannot be written to " + file, e);
    }
  }

  static Path note(Path file) {
    return file.resolveSibling(file.getFileName() + ".progress");
  }

  /** Returns how far an earlier attempt came; empty if there was none. */
  static Optional<JsonNode> earlier(Path note) {
    try {
      return Files.exists(note)
          ? Optional.of(Json.parse(Files.readString(note), 1))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("the note of the progress cannot be read: " + note, e);
    }
  }

  void write(ObjectNode line) {
    try {
      out.write(Json.text(line));
      out.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException("the backup cannot be written", e);
    }
  }

  /** Makes everything so far durable, and notes where to go on. */
  void checkpoint(ObjectNode state) {
    try {
      out.flush();
      channel.force(false);
      save(note, state.put("bytes", channel.position()));
    } catch (IOException e) {
      throw new UncheckedIOException("the backup cannot be written", e);
    }
  }

  static void save(Path note, ObjectNode state) {
    try {
      Path next = note.resolveSibling(note.getFileName() + ".next");
      Files.writeString(next, Json.text(state));
      Files.move(next, note, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("the progress cannot be noted in " + note, e);
    }
  }

  static void forget(Path note) {
    try {
      Files.deleteIfExists(note);
    } catch (IOException e) {
      throw new UncheckedIOException("the note cannot be removed: " + note, e);
    }
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the backup cannot be closed", e);
    }
  }
}
