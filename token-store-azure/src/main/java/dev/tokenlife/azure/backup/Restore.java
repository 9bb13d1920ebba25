package dev.tokenlife.azure.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.spi.TokenStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Brings what {@link Backup} wrote into a store. Chains that are there already stay as they are, so
 * it may be run again; rows of application tables are overwritten. Issued chains get new nonces:
 * codes that were shown before the backup are refused, and the next poll shows a good one. Due hints
 * are written anew, leases are free and their epochs raised. Not thread-safe.
 *
 * <p>Stop the processes that use the target first: they would hold leases this takes from them.
 */
public final class Restore {
  private final TokenStore store;
  private Optional<PlainTables> plain = Optional.empty();
  private Consumer<Progress> listener = any -> {};

  private Restore(TokenStore store) {
    this.store = store;
  }

  /** Starts describing a restore into a store. */
  public static Restore into(TokenStore store) {
    return new Restore(store);
  }

  /** Says where rows of application tables go. Without, a file that has some is refused. */
  public Restore tables(PlainTables to) {
    plain = Optional.of(to);
    return this;
  }

  /** Is told after every batch, on the calling thread. */
  public Restore progress(Consumer<Progress> told) {
    listener = told;
    return this;
  }

  /**
   * Reads the file, or what is left of it after an earlier attempt.
   *
   * @return what was done by all attempts; not complete if the file ends too early
   * @throws dev.tokenlife.spi.StoreException if the store fails; call again to continue
   */
  public Progress from(Path file) {
    Path note = file.resolveSibling(file.getFileName() + ".restored");
    Optional<JsonNode> earlier = BackupFile.earlier(note);
    Run run = new Run(note, earlier);
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      run.all(lines);
    } catch (IOException e) {
      throw new UncheckedIOException("the backup cannot be read from " + file, e);
    }
    if (run.progress.complete()) {
      BackupFile.forget(note);
    }
    listener.accept(run.progress);
    return run.progress;
  }

  /** One pass over the file. */
  private final class Run {
    private final Path note;
    private final long done;
    private final long partitionLine;
    private final Map<String, Long> epochs = new HashMap<>();
    private final PlainRows rows = new PlainRows(plain);
    private ChainsOfPartition chains = new ChainsOfPartition(store, "none");
    private Progress progress;
    private long number;
    private long currentPartition;

    Run(Path note, Optional<JsonNode> earlier) {
      this.note = note;
      done = earlier.map(state -> state.path("line").asLong()).orElse(0L);
      partitionLine = earlier.map(state -> state.path("partition").asLong()).orElse(1L);
      progress =
          earlier
              .map(state -> Json.as(state.path("progress"), Progress.class))
              .orElse(Progress.NONE);
    }

    void all(BufferedReader lines) throws IOException {
      for (String text = lines.readLine(); text != null; text = lines.readLine()) {
        number++;
        // The header, the epochs, and the companions of a partition that is half done.
        boolean again = number == 1 || isLease(text) || number >= partitionLine;
        if (number > done || again) {
          line(Json.parse(text, number));
        }
      }
      if (!progress.complete()) {
        flush(number, true);
      }
    }

    private void line(JsonNode line) {
      String kind = line.path("kind").asText();
      if ((number == 1) != kind.equals(Backup.HEADER)) {
        throw new BackupException("line " + number + ": this is not a backup, or two in one file");
      }
      switch (kind) {
        case Backup.HEADER -> requireFormat(line.path("format").asInt());
        case "lease" -> epochs.put(line.path("name").asText(), line.path("epoch").asLong());
        case "partition" -> nextPartition(line.path("name").asText());
        case "companion" -> chains.companion(Companions.read(line));
        case "chain" -> chain(line);
        case "row" -> row(line);
        case "end" -> end();
        default -> throw new BackupException("line " + number + ": unknown kind " + kind);
      }
    }

    private void requireFormat(int format) {
      if (format != Backup.FORMAT) {
        throw new BackupException("format " + format + " is not known to this release");
      }
    }

    private void nextPartition(String name) {
      flush(number - 1, true);
      chains = new ChainsOfPartition(store, name);
      currentPartition = number;
    }

    private void chain(JsonNode line) {
      if (number > done) {
        chains.chain(Json.as(line.path("row"), ChainRow.class));
        if (chains.isFull()) {
          flush(number, false);
        }
      }
    }

    private void row(JsonNode line) {
      if (number > done) {
        flushChains();
        rows.add(line);
        if (rows.isFull()) {
          flush(number, true);
        }
      }
    }

    private void flushChains() {
      if (rows.isEmpty()) {
        flush(number - 1, true);
      }
    }

    private void end() {
      flush(number - 1, true);
      new LeaseReset(store, epochs).run();
      progress = progress.finished();
    }

    /**
     * Writes what was gathered, and notes it.
     *
     * @param through the last line that is done then
     * @param whole whether no more chains of the partition follow
     */
    private void flush(long through, boolean whole) {
      Progress before = progress;
      progress = chains.flush(progress, whole).plus(0, 0, rows.flush(), 0);
      if (!progress.equals(before) && through > done) {
        ObjectNode state = Json.MAPPER.createObjectNode();
        state.put("line", through);
        state.put("partition", whole ? through + 1 : currentPartition);
        state.set("progress", Json.MAPPER.valueToTree(progress));
        BackupFile.save(note, state);
        listener.accept(progress);
      }
    }

    private static boolean isLease(String text) {
      return text.startsWith("{\"kind\":\"lease\"");
    }
  }
}
