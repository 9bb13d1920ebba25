package dev.tokenlife.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.spi.Companion;
import dev.tokenlife.spi.StoreException;
import dev.tokenlife.testing.FullRows;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Fault 36: any id becomes a legal key, and no two become the same. */
final class KeyCodecTest {
  @Test
  void plainIds_stayReadable() {
    assertThat(KeyCodec.part("user-42@example.org_A.b")).isEqualTo("user-42@example.org_A.b");
  }

  @Test
  void everythingElse_becomesItsBytes() {
    assertThat(KeyCodec.part("a b")).isEqualTo("a~20b");
    assertThat(KeyCodec.part("é")).isEqualTo("~C3~A9");
    assertThat(KeyCodec.part("a:b~c/'\\#?%")).isEqualTo("a~3Ab~7Ec~2F~27~5C~23~3F~25");
    assertThat(KeyCodec.part("\t\u007F")).isEqualTo("~c09~7F");
  }

  @Test
  void everyKey_isOfLegalCharacters_andBounded() {
    Random random = new Random(1);
    Set<String> ids = new HashSet<>(List.of(FullRows.ODD, "~", "~20", " ", "x".repeat(10_000)));
    for (int i = 0; i < 5_000; i++) {
      int[] points = random.ints(random.nextInt(1, 300), 0, 0x2FFF).toArray();
      ids.add(new String(points, 0, points.length));
    }
    Set<String> keys = new HashSet<>();
    for (String id : ids) {
      String key = KeyCodec.part(id);
      assertThat(key).matches("[A-Za-z0-9._@~-]{1,240}");
      assertThat(keys.add(key)).as("key of %s is its own", id).isTrue();
    }
  }

  @Test
  void theLongestKeys_fitIntoTheServicesLimit() {
    String id = "x".repeat(KeyCodec.MAX_PART);
    assertThat(Keys.companion(new Companion.HolderIndex(id, id))).hasSizeLessThanOrEqualTo(512);
    assertThat(DueHints.place(dev.tokenlife.model.ChainKey.of(id, id), 0).rowKey())
        .hasSizeLessThanOrEqualTo(512);
  }

  @Test
  void halfASurrogatePair_isRejected_beforeAnythingIsSent() {
    StoreException failure =
        FaultCase.failing(StoreException.Kind.REJECTED, () -> KeyCodec.part("a\uD800b"));
    assertThat(failure).hasMessageContaining("surrogate").hasMessageNotContaining("\uD800");
  }

  @Test
  void aSpreadPartition_hasSlicesOfItsOwn_whateverOthersAreCalled() {
    Keys keys = new Keys(Map.of("spotify", 64));
    Set<String> slices = new HashSet<>(keys.partitionKeys("spotify"));
    assertThat(slices).hasSize(64).contains("spotify~000", "spotify~063");
    for (int i = 0; i < 200; i++) {
      for (String like :
          List.of(
              "spotify~0" + i, "spotify" + (char) i, "spotify" + (char) i + "7", "spotify~" + i)) {
        assertThat(slices).doesNotContain(keys.partitionKey(like, "any"));
      }
    }
  }

  @Test
  void idsOfASpreadPartition_areSpreadEvenly_andAlwaysTheSameWay() {
    Keys keys = new Keys(Map.of("spotify", 64));
    Map<String, Long> counts =
        java.util.stream.IntStream.range(0, 64_000)
            .mapToObj(i -> keys.partitionKey("spotify", "user-" + i))
            .collect(
                java.util.stream.Collectors.groupingBy(
                    slice -> slice, java.util.stream.Collectors.counting()));
    assertThat(counts.values()).hasSize(64).allMatch(n -> n > 800 && n < 1_200);
    assertThat(keys.partitionKey("spotify", "user-42")).isEqualTo("spotify~035");
  }

  @Test
  void prefixRanges_endBeforeTheNextPrefix() {
    assertThat(Keys.withPrefix("p", Keys.holderPrefix("ann")))
        .isEqualTo("PartitionKey eq 'p' and RowKey ge 'h:ann:' and RowKey lt 'h:ann;'");
  }
}
