package dev.tokenlife.azure;

import dev.tokenlife.spi.TokenStore.Insertion;
import dev.tokenlife.spi.WriteResult;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Insertions of one partition that fit into one entity group transaction. Used by one thread. */
final class InsertionPack {
  /** Leaves room for what the estimate of a row's size does not know. */
  private static final int MAX_BYTES = Batches.MAX_BYTES * 3 / 4;

  private final List<Member> members = new ArrayList<>();
  private final Set<String> rowKeys = new HashSet<>();
  private int bytes;

  /**
   * One insertion.
   *
   * @param place its place in the caller's list
   */
  record Member(int place, Insertion insertion, ChangeSet changes) {}

  /** Returns whether there is room, and none of its rows is here already. */
  boolean takes(ChangeSet changes) {
    List<Op> ops = changes.ops();
    return rowKeys.size() + ops.size() <= Batches.MAX_ROWS
        && bytes + size(ops) <= MAX_BYTES
        && ops.stream().noneMatch(op -> rowKeys.contains(op.rowKey()));
  }

  void add(int place, Insertion insertion, ChangeSet changes) {
    members.add(new Member(place, insertion, changes));
    changes.ops().forEach(op -> rowKeys.add(op.rowKey()));
    bytes += size(changes.ops());
  }

  int size() {
    return members.size();
  }

  Member remove(int member) {
    return members.remove(member);
  }

  List<Op> ops() {
    return members.stream().flatMap(member -> member.changes().ops().stream()).toList();
  }

  /** Returns the member that the n-th operation belongs to; -1 for none. */
  int memberOf(int op) {
    int before = 0;
    for (int i = 0; i < members.size(); i++) {
      before += members.get(i).changes().ops().size();
      if (op >= 0 && op < before) {
        return i;
      }
    }
    return -1;
  }

  /** Notes the answers of a transaction that was committed. */
  void written(List<@Nullable String> etags, Map<Integer, WriteResult> results) {
    int at = 0;
    for (Member member : members) {
      String etag = Etags.require(etags.get(at));
      Version version = Version.of(member.insertion().row(), etag);
      results.put(member.place(), new WriteResult.Written(version.text()));
      at += member.changes().ops().size();
    }
  }

  private static int size(List<Op> ops) {
    return ops.stream().mapToInt(op -> Entities.wireSize(op.entity())).sum();
  }
}
