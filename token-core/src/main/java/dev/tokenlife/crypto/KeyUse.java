package dev.tokenlife.crypto;

import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.Upstream;
import dev.tokenlife.spi.Page;
import dev.tokenlife.spi.StoredChain;
import dev.tokenlife.spi.TokenStore;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells which keys stored rows need; {@link KeyRing#retire} asks for it. */
public final class KeyUse {
  private static final int PAGE = 500;

  private KeyUse() {}

  /**
   * Returns whether a row names this key: in its current or previous token, a pending challenge or
   * a sealed secret.
   */
  public static boolean names(ChainRow row, int keyId) {
    return keys(row).anyMatch(key -> key == keyId);
  }

  /** Returns whether a row names a key that is not this one. */
  public static boolean namesAnother(ChainRow row, int keyId) {
    return keys(row).anyMatch(key -> key != keyId);
  }

  /**
   * Returns what {@link KeyRing#retire} and {@link KeyRing#reload} ask, over all rows of these
   * partitions: each question reads them page by page until one names the key. Partitions left out
   * are not looked at, and what their rows need is lost with the key.
   */
  public static IntPredicate in(TokenStore store, Collection<String> partitions) {
    List<String> all = List.copyOf(partitions);
    return keyId -> all.stream().anyMatch(partition -> anyNames(store, partition, keyId));
  }

  private static boolean anyNames(TokenStore store, String partition, int keyId) {
    Optional<String> cursor = Optional.empty();
    do {
      Page<StoredChain> page = store.listing().byPartition(partition, cursor, PAGE);
      if (page.items().stream().anyMatch(stored -> names(stored.row(), keyId))) {
        return true;
      }
      cursor = page.next();
    } while (cursor.isPresent());
    return false;
  }

  /** Every key a row names; 0, which is no key, left out. */
  private static IntStream keys(ChainRow row) {
    IntStream tokens =
        IntStream.of(
            row.current() == null ? 0 : row.current().keyId(),
            row.previous() == null ? 0 : row.previous().keyId());
    IntStream codes = row.challenges().stream().mapToInt(slot -> slot.keyId());
    return IntStream.concat(IntStream.concat(tokens, codes), seals(row.upstream()))
        .filter(key -> key != 0);
  }

  private static IntStream seals(@Nullable Upstream upstream) {
    return upstream == null
        ? IntStream.empty()
        : Stream.of(upstream.accessToken(), upstream.refreshToken(), upstream.attributes())
            .filter(Objects::nonNull)
            .mapToInt(SealedText::keyId);
  }
}
