package dev.tokenlife.scheduler.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The heap against a list that is searched. */
class IndexedHeapProperties {
  private static final class Item extends IndexedHeap.Node {
    long order;
  }

  private final IndexedHeap<Item> heap = new IndexedHeap<>();
  private final List<Item> reference = new ArrayList<>();

  @Property(tries = 200)
  void anyMixOfAddMoveRemove_takesTheSmallestFirst(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 3_000) int steps) {
    Random random = new Random(seed);
    for (int i = 0; i < steps; i++) {
      step(random);
      assertThat(heap.size()).isEqualTo(reference.size());
      assertThat(heap.peekOrder()).isEqualTo(smallest());
    }
    while (!heap.isEmpty()) {
      Item first = Objects.requireNonNull(heap.peek());
      assertThat(first.order).isEqualTo(smallest());
      remove(first);
    }
    assertThat(heap.peek()).isNull();
    assertThat(heap.lateLeaf()).isNull();
    assertThat(reference).isEmpty();
  }

  @Example
  void lateLeaf_isOneOfTheLater() {
    for (int i = 0; i < 5_000; i++) {
      add(new Random(i).nextInt(1_000_000));
    }
    long late = Objects.requireNonNull(heap.lateLeaf()).order;
    long sooner = reference.stream().filter(item -> item.order < late).count();
    assertThat(sooner).isGreaterThan(2_500);
    while (!heap.isEmpty()) {
      remove(Objects.requireNonNull(heap.peek()));
    }
  }

  private void step(Random random) {
    int action = random.nextInt(reference.isEmpty() ? 1 : 4);
    if (action <= 1) {
      add(random.nextInt(100));
      return;
    }
    Item item = reference.get(random.nextInt(reference.size()));
    assertThat(item.isQueued()).isTrue();
    if (action == 2) {
      item.order = random.nextInt(100);
      heap.move(item, item.order);
    } else {
      remove(item);
    }
  }

  private void add(long order) {
    Item item = new Item();
    item.order = order;
    heap.add(item, order);
    reference.add(item);
  }

  private void remove(Item item) {
    heap.remove(item);
    reference.remove(item);
    assertThat(item.isQueued()).isFalse();
  }

  private long smallest() {
    return reference.stream().mapToLong(item -> item.order).min().orElse(Long.MAX_VALUE);
  }
}
