package dev.tokenlife.azure;

import static dev.tokenlife.azure.KeyCodec.AFTER_SEPARATOR;
import static dev.tokenlife.azure.KeyCodec.SEPARATOR;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.spi.Companion;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** Where rows are: the partition and row keys of the {@code Chains} table. */
final class Keys {
  static final String CHAIN = "c";
  static final String HOLDER = "h";
  static final String EFFECT = "e";
  static final String HELD = "w";

  private volatile Map<String, Integer> spread;

  /** Knows which partitions are spread, and over how many slices. */
  Keys(Map<String, Integer> spread) {
    this.spread = Map.copyOf(spread);
  }

  /** Takes over the layout that the tables were set up with. */
  void spread(Map<String, Integer> actual) {
    spread = Map.copyOf(actual);
  }

  Map<String, Integer> spread() {
    return spread;
  }

  /** Returns the partition key of a chain and its companions. */
  String partitionKey(String partition, String chainId) {
    Integer slices = spread.get(partition);
    String encoded = KeyCodec.part(partition);
    return slices == null ? encoded : slice(encoded, KeyCodec.hash(chainId) % slices);
  }

  String partitionKey(ChainKey key) {
    return partitionKey(key.partition(), key.id());
  }

  /** Returns every partition key that holds rows of a partition: one, or one per slice. */
  List<String> partitionKeys(String partition) {
    Integer slices = spread.get(partition);
    String encoded = KeyCodec.part(partition);
    return slices == null
        ? List.of(encoded)
        : IntStream.range(0, slices).mapToObj(i -> slice(encoded, i)).toList();
  }

  boolean isSpread(String partition) {
    return spread.containsKey(partition);
  }

  /** Returns the row key of a chain. */
  static String chain(String chainId) {
    return row(CHAIN, KeyCodec.part(chainId));
  }

  /** Returns the row key of a companion. */
  static String companion(Companion companion) {
    if (companion instanceof Companion.HolderIndex index) {
      return holder(index.holder(), index.chainId());
    }
    if (companion instanceof Companion.HeldBefore held) {
      return row(HELD, KeyCodec.part(held.holder()));
    }
    Companion.EffectRow effect = (Companion.EffectRow) companion;
    return effect(effect.effect().chain().id(), effect.effect().seq());
  }

  static String holder(String holder, String chainId) {
    return holderPrefix(holder) + KeyCodec.part(chainId);
  }

  static String holderPrefix(String holder) {
    return row(HOLDER, KeyCodec.part(holder)) + SEPARATOR;
  }

  static String effect(String chainId, long seq) {
    return row(EFFECT, KeyCodec.part(chainId)) + SEPARATOR + seq;
  }

  /** Returns a filter for one partition key. */
  static String inPartition(String partitionKey) {
    return "PartitionKey eq '" + partitionKey + "'";
  }

  /** Returns a filter for the rows of one kind in one partition key. */
  static String ofKind(String partitionKey, String kind) {
    return range(partitionKey, kind + SEPARATOR, kind + AFTER_SEPARATOR);
  }

  /** Returns a filter for the row keys that start with a prefix that ends in the separator. */
  static String withPrefix(String partitionKey, String prefix) {
    String end = prefix.substring(0, prefix.length() - 1) + AFTER_SEPARATOR;
    return range(partitionKey, prefix, end);
  }

  /** Returns a filter for the row keys after one, up to the end of its kind. */
  static String after(String filter, String rowKey) {
    return filter + " and RowKey gt '" + rowKey + "'";
  }

  private static String range(String partitionKey, String from, String to) {
    return inPartition(partitionKey) + " and RowKey ge '" + from + "' and RowKey lt '" + to + "'";
  }

  private static String slice(String encodedPartition, int slice) {
    return encodedPartition + String.format(Locale.ROOT, "~%03d", slice);
  }

  private static String row(String kind, String encoded) {
    return kind + SEPARATOR + encoded;
  }
}
