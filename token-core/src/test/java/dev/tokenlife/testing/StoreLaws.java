package dev.tokenlife.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.spi.CompanionChange;
import dev.tokenlife.spi.Page;
import dev.tokenlife.spi.StoredChain;
import dev.tokenlife.spi.TokenStore;
import dev.tokenlife.spi.WriteResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What the laws of a store have in common: the store and the words they are written with. */
public interface StoreLaws {
  /** Returns the store under test, empty when a test begins. */
  TokenStore store();

  /** Names a chain of the partition most laws use. */
  default ChainKey chain(String id) {
    return ChainKey.of("partition-1", id);
  }

  /** Inserts a row that must be accepted, and returns its version. */
  default String inserted(ChainRow row, CompanionChange... companions) {
    return version(store().insert(row, List.of(companions)));
  }

  /** Replaces a row, which must be accepted, and returns its new version. */
  default String replaced(ChainRow row, String version, CompanionChange... companions) {
    return version(store().replace(row, version, List.of(companions)));
  }

  /** Reads a row that must be there. */
  default StoredChain found(ChainKey key) {
    Optional<StoredChain> found = store().find(key);
    assertThat(found).as("row of %s", key).isPresent();
    return found.orElseThrow();
  }

  /** Returns the version of a write that must have been accepted. */
  default String version(WriteResult result) {
    assertThat(result).isInstanceOf(WriteResult.Written.class);
    return ((WriteResult.Written) result).version();
  }

  /** Returns the row that a write must have lost against. */
  default StoredChain winner(WriteResult result) {
    assertThat(result).isInstanceOf(WriteResult.Lost.class);
    Optional<StoredChain> current = ((WriteResult.Lost) result).current();
    assertThat(current).as("the row that won").isPresent();
    return current.orElseThrow();
  }

  /** Reads all pages, and checks that none has more items than it may. */
  default <T> List<T> all(int limit, Function<Optional<String>, Page<T>> reading) {
    List<T> items = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    for (int pages = 0; pages < 1_000; pages++) {
      Page<T> page = reading.apply(cursor);
      assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
      items.addAll(page.items());
      if (page.next().isEmpty()) {
        return items;
      }
      cursor = page.next();
    }
    throw new AssertionError("a listing does not end after 1000 pages");
  }
}
