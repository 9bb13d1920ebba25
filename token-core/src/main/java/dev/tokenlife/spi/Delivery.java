package dev.tokenlife.spi;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One delivery of everything that waits in a partition. */
final class Delivery {
  private static final int PAGE = 100;

  private final EffectQueue queue;
  private final String partition;
  private final Consumer<Effect> consumer;
  private final Set<Effect> failed = new HashSet<>();
  private @Nullable RuntimeException first;
  private int consumed;

  Delivery(EffectQueue queue, String partition, Consumer<Effect> consumer) {
    this.queue = queue;
    this.partition = partition;
    this.consumer = consumer;
  }

  int run() {
    // What failed is read again, so a page must have room for it beside what is new.
    while (deliver(queue.read(partition, PAGE + failed.size()))) {}
    if (first != null) {
      throw first;
    }
    return consumed;
  }

  /** Returns whether there was anything new. */
  private boolean deliver(List<Effect> page) {
    boolean progress = false;
    for (Effect effect : page) {
      if (!failed.contains(effect)) {
        progress = true;
        deliver(effect);
      }
    }
    return progress;
  }

  private void deliver(Effect effect) {
    try {
      consumer.accept(effect);
    } catch (RuntimeException failure) {
      failed.add(effect);
      if (first == null) {
        first = failure;
      } else {
        first.addSuppressed(failure);
      }
      return;
    }
    queue.acknowledge(effect);
    consumed++;
  }
}
