package dev.tokenlife.testing;

import dev.tokenlife.spi.Lease;
import dev.tokenlife.spi.LeaseTable;
import java.util.List;
import java.util.Optional;

/** The lease table in a {@link ReferenceStore}. */
record ReferenceLeases(ReferenceStore store) implements LeaseTable {
  @Override
  public List<Lease> all() {
    return store.read(tables -> List.copyOf(tables.leases.values()));
  }

  @Override
  public Optional<Lease> put(Lease lease) {
    return store.read(
        tables -> {
          Lease there = tables.leases.get(lease.name());
          String version = there == null ? "" : there.version();
          if (!version.equals(lease.version())) {
            return Optional.empty();
          }
          Lease next =
              new Lease(
                  lease.name(), lease.owner(), lease.counter(), lease.next(), tables.nextVersion());
          tables.leases.put(next.name(), next);
          return Optional.of(next);
        });
  }

  @Override
  public void remove(String name) {
    boolean unused = store.read(tables -> tables.leases.remove(name) != null);
  }
}
