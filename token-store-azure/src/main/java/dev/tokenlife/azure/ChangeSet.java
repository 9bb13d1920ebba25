package dev.tokenlife.azure;

import com.azure.data.tables.models.TableEntity;
import dev.tokenlife.spi.Companion;
import dev.tokenlife.spi.CompanionChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one write changes: the chain's row first, then its companions. Starts as asked for; a
 * deletion of a companion that is absent is taken out when the service says so, because it would
 * refuse the whole.
 */
final class ChangeSet {
  private final Op chain;
  private final String partition;
  private final List<CompanionChange> companions;

  ChangeSet(Op chain, String partition, List<CompanionChange> companions) {
    this.chain = chain;
    this.partition = partition;
    this.companions = new ArrayList<>(companions);
  }

  boolean isSingle() {
    return companions.isEmpty();
  }

  Op chain() {
    return chain;
  }

  String partitionKey() {
    return chain.entity().getPartitionKey();
  }

  /** Returns the operations; a companion that is deleted and inserted again is overwritten. */
  List<Op> ops() {
    List<Op> ops = new ArrayList<>();
    ops.add(chain);
    for (CompanionChange change : companions) {
      op(change).ifPresent(ops::add);
    }
    return ops;
  }

  /** Returns the companion inserted by the n-th operation; null if it is none of these. */
  @Nullable Companion insertedBy(int index) {
    CompanionChange change = by(index);
    return change != null && change.op() == CompanionChange.Op.INSERT ? change.companion() : null;
  }

  /** Takes out the deletion that is the n-th operation; false if it is none. */
  boolean withoutDeletion(int index) {
    CompanionChange change = by(index);
    return change != null && change.op() == CompanionChange.Op.DELETE && companions.remove(change);
  }

  /** Returns the companions that must be absent. */
  List<Companion> inserted() {
    return companions.stream()
        .filter(change -> change.op() == CompanionChange.Op.INSERT && !deletes(change.companion()))
        .map(CompanionChange::companion)
        .toList();
  }

  private @Nullable CompanionChange by(int index) {
    int at = 0;
    for (CompanionChange change : companions) {
      if (op(change).isPresent() && ++at == index) {
        return change;
      }
    }
    return null;
  }

  private Optional<Op> op(CompanionChange change) {
    TableEntity entity = CompanionCodec.entity(partitionKey(), partition, change.companion());
    if (change.op() == CompanionChange.Op.INSERT) {
      return Optional.of(deletes(change.companion()) ? Op.upsert(entity) : Op.insert(entity));
    }
    return inserts(change.companion())
        ? Optional.empty()
        : Optional.of(Op.delete(partitionKey(), entity.getRowKey()));
  }

  private boolean deletes(Companion companion) {
    return has(CompanionChange.Op.DELETE, companion);
  }

  private boolean inserts(Companion companion) {
    return has(CompanionChange.Op.INSERT, companion);
  }

  private boolean has(CompanionChange.Op op, Companion companion) {
    return companions.stream()
        .anyMatch(change -> change.op() == op && change.companion().sameRow(companion));
  }
}
