package dev.tokenlife.model;

/**
 * The name of a chain: a partition and an id within it.
 *
 * @param partition what belongs together: an upstream with its grants, or a session with its chains
 * @param id unique within the partition
 */
public record ChainKey(String partition, String id) {
  /** The id of a partition's only chain. */
  public static final String DEFAULT_ID = "default";

  /** Refuses empty parts. */
  public ChainKey {
    if (partition.isEmpty() || id.isEmpty()) {
      throw new IllegalArgumentException(
          "a chain key needs a partition and an id, got '" + partition + "' and '" + id + "'");
    }
  }

  /** Names the chain {@code id} in {@code partition}. */
  public static ChainKey of(String partition, String id) {
    return new ChainKey(partition, id);
  }

  /** Names the only chain of a partition: one token for the whole service. */
  public static ChainKey of(String partition) {
    return new ChainKey(partition, DEFAULT_ID);
  }

  @Override
  public String toString() {
    return partition + "/" + id;
  }
}
