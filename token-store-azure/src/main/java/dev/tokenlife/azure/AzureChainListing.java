package dev.tokenlife.azure;

import com.azure.data.tables.models.TableEntity;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.spi.ChainListing;
import dev.tokenlife.spi.Page;
import dev.tokenlife.spi.StoredChain;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Lists chains by ranges of row keys within one partition key; a spread partition slice by slice.
 * Cursors name the last row that was seen, so they stay good whatever is written meanwhile.
 */
final class AzureChainListing implements ChainListing {
  private final Ranges ranges;
  private final Calls calls;
  private final Keys keys;
  private final RowCodec codec;
  private final ChainReads reads;

  AzureChainListing(Ranges ranges, Calls calls, Keys keys, RowCodec codec, ChainReads reads) {
    this.ranges = ranges;
    this.calls = calls;
    this.keys = keys;
    this.codec = codec;
    this.reads = reads;
  }

  @Override
  public Page<StoredChain> byPartition(String partition, Optional<String> cursor, int limit) {
    Page<TableEntity> page =
        ranges.across(
            keys.partitionKeys(partition),
            partitionKey -> Keys.ofKind(partitionKey, Keys.CHAIN),
            cursor,
            limit);
    return new Page<>(page.items().stream().map(codec::chain).toList(), page.next());
  }

  /** One query for the index and one point read for each chain. */
  @Override
  public Page<StoredChain> byHolder(
      String partition, String holder, Optional<String> cursor, int limit) {
    String prefix = Keys.holderPrefix(holder);
    Page<TableEntity> index =
        ranges.across(
            keys.partitionKeys(partition),
            partitionKey -> Keys.withPrefix(partitionKey, prefix),
            cursor,
            limit);
    List<StoredChain> held = new ArrayList<>();
    for (TableEntity entry : index.items()) {
      ChainKey key = ChainKey.of(partition, Entities.requireText(entry, "chainId"));
      reads
          .find(calls.deadline(), key)
          .filter(chain -> Objects.equals(chain.row().position().holder(), holder))
          .ifPresent(held::add);
    }
    return new Page<>(held, index.next());
  }
}
