package dev.tokenlife.testing;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Decides which call meets which fault, and counts the calls. Guarded by its own monitor. */
final class FaultPlan {
  private final Map<StoreCall, Long> calls = new EnumMap<>(StoreCall.class);
  private final List<Planned> planned = new ArrayList<>();
  private long total;
  private Optional<Chance> chance = Optional.empty();

  /** The {@code at}-th call, of one sort or of any. */
  private record Planned(Optional<StoreCall> call, long at, StoreFault fault) {}

  private record Chance(Random random, double probability, List<StoreFault> faults) {}

  synchronized void at(long number, StoreFault fault) {
    planned.add(new Planned(Optional.empty(), number, fault));
  }

  synchronized void at(StoreCall call, long number, StoreFault fault) {
    planned.add(new Planned(Optional.of(call), number, fault));
  }

  synchronized void next(StoreFault fault) {
    at(total + 1, fault);
  }

  synchronized void next(StoreCall call, StoreFault fault) {
    at(call, calls(call) + 1, fault);
  }

  synchronized void random(long seed, double probability, List<StoreFault> faults) {
    chance = Optional.of(new Chance(new Random(seed), probability, List.copyOf(faults)));
  }

  synchronized void heal() {
    planned.clear();
    chance = Optional.empty();
  }

  synchronized void recount() {
    calls.clear();
    total = 0;
  }

  synchronized long calls(StoreCall call) {
    return calls.getOrDefault(call, 0L);
  }

  synchronized long total() {
    return total;
  }

  /** Counts a call and returns the fault it meets. */
  synchronized Optional<StoreFault> meet(StoreCall call) {
    total++;
    long number = calls.merge(call, 1L, Long::sum);
    for (Planned one : planned) {
      long reached = one.call.isPresent() ? number : total;
      if (one.at == reached && one.call.orElse(call) == call) {
        planned.remove(one);
        return Optional.of(one.fault);
      }
    }
    return chance.flatMap(FaultPlan::roll);
  }

  private static Optional<StoreFault> roll(Chance chance) {
    if (chance.random.nextDouble() >= chance.probability) {
      return Optional.empty();
    }
    return Optional.of(chance.faults.get(chance.random.nextInt(chance.faults.size())));
  }
}
