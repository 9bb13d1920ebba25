package dev.tokenlife.scheduler.queue;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A heap whose elements know their place, so that any of them can be moved or taken out. Four
 * children to a node: half as deep as a binary heap, and what is compared lies together.
 */
final class IndexedHeap<E extends IndexedHeap.Node> {
  private static final int ARITY = 4;

  private long[] orders = new long[16];
  private @Nullable Node[] nodes = new Node[16];
  private int size;

  /** An element; it is in one heap at most. */
  abstract static class Node {
    private int place = -1;

    final boolean isQueued() {
      return place >= 0;
    }
  }

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  void add(E element, long order) {
    if (size == nodes.length) {
      orders = Arrays.copyOf(orders, size * 2);
      nodes = Arrays.copyOf(nodes, size * 2);
    }
    place(size, element, order);
    up(size++);
  }

  @Nullable E peek() {
    return size == 0 ? null : element(0);
  }

  /** Returns the smallest number; {@link Long#MAX_VALUE} if there is none. */
  long peekOrder() {
    return size == 0 ? Long.MAX_VALUE : orders[0];
  }

  void move(E element, long order) {
    int at = ((Node) element).place;
    orders[at] = order;
    up(at);
    down(((Node) element).place);
  }

  void remove(E element) {
    int at = ((Node) element).place;
    ((Node) element).place = -1;
    size--;
    Node last = nodes[size];
    long order = orders[size];
    nodes[size] = null;
    if (at < size) {
      place(at, last, order);
      up(at);
      down(last.place);
    }
    if (size > 1_024 && size < nodes.length / 4) {
      orders = Arrays.copyOf(orders, nodes.length / 2);
      nodes = Arrays.copyOf(nodes, nodes.length / 2);
    }
  }

  /** Returns one of the least urgent: a leaf near the end. */
  @Nullable E lateLeaf() {
    int latest = size - 1;
    for (int i = Math.max(0, size - 32); i < size; i++) {
      if (orders[i] > orders[latest]) {
        latest = i;
      }
    }
    return size == 0 ? null : element(latest);
  }

  private void up(int from) {
    int at = from;
    Node node = nodes[at];
    long order = orders[at];
    while (at > 0) {
      int parent = (at - 1) / ARITY;
      if (orders[parent] <= order) {
        break;
      }
      place(at, nodes[parent], orders[parent]);
      at = parent;
    }
    place(at, node, order);
  }

  private void down(int from) {
    int at = from;
    Node node = nodes[at];
    long order = orders[at];
    while (true) {
      int child = smallestChild(at);
      if (child < 0 || orders[child] >= order) {
        break;
      }
      place(at, nodes[child], orders[child]);
      at = child;
    }
    place(at, node, order);
  }

  private int smallestChild(int at) {
    int first = at * ARITY + 1;
    if (first >= size) {
      return -1;
    }
    int smallest = first;
    for (int i = first + 1; i < Math.min(size, first + ARITY); i++) {
      if (orders[i] < orders[smallest]) {
        smallest = i;
      }
    }
    return smallest;
  }

  private void place(int at, Node node, long order) {
    nodes[at] = node;
    orders[at] = order;
    node.place = at;
  }

  @SuppressWarnings("unchecked") // only elements come in
  private E element(int at) {
    return (E) nodes[at];
  }
}
