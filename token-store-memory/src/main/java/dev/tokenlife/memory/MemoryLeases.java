package dev.tokenlife.memory;

import dev.tokenlife.spi.Lease;
import dev.tokenlife.spi.LeaseTable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** By which several {@code Tokens} of one process divide the work on one store. */
final class MemoryLeases implements LeaseTable {
  private final ConcurrentHashMap<String, Lease> rows = new ConcurrentHashMap<>();
  private final AtomicLong versions = new AtomicLong();

  @Override
  public List<Lease> all() {
    return List.copyOf(rows.values());
  }

  @Override
  public Optional<Lease> put(Lease lease) {
    Lease next =
        new Lease(
            lease.name(),
            lease.owner(),
            lease.counter(),
            lease.next(),
            Long.toString(versions.incrementAndGet(), Character.MAX_RADIX));
    Lease there =
        rows.compute(
            lease.name(),
            (name, was) -> {
              String version = was == null ? "" : was.version();
              return version.equals(lease.version()) ? next : was;
            });
    return Optional.of(next).filter(written -> written.equals(there));
  }

  @Override
  public void remove(String name) {
    rows.remove(name);
  }
}
