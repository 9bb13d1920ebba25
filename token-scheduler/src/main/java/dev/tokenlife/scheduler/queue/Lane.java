package dev.tokenlife.scheduler.queue;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of one upstream and one kind, fair between tenants: they take turns, except that a job
 * whose number has come goes first, whosoever it is.
 */
final class Lane {
  /** How many tenants are compared to find one with many jobs; the others have their turn. */
  private static final int COMPARED = 64;

  /** In the order of their turns: whoever was served goes to the end. */
  private final Map<String, Tenant> tenants = new LinkedHashMap<>();

  private final IndexedHeap<Tenant> byHead = new IndexedHeap<>();
  private int size;

  /** One tenant's jobs, most urgent first. */
  private static final class Tenant extends IndexedHeap.Node {
    final String name;
    final IndexedHeap<Job> jobs = new IndexedHeap<>();

    Tenant(String name) {
      this.name = name;
    }
  }

  int size() {
    return size;
  }

  void add(Job job) {
    Tenant tenant = tenants.get(job.tenant());
    if (tenant == null) {
      tenant = new Tenant(job.tenant());
      tenants.put(tenant.name, tenant);
      tenant.jobs.add(job, job.order());
      byHead.add(tenant, tenant.jobs.peekOrder());
    } else {
      tenant.jobs.add(job, job.order());
      byHead.move(tenant, tenant.jobs.peekOrder());
    }
    size++;
  }

  void remove(Job job) {
    Tenant tenant = tenants.get(job.tenant());
    if (tenant != null) {
      tenant.jobs.remove(job);
      size--;
      settle(tenant);
    }
  }

  /** Takes the next job; null if there is none. */
  @Nullable Job take(long now) {
    Tenant first = byHead.peek();
    if (first == null) {
      return null;
    }
    Tenant chosen = first;
    if (byHead.peekOrder() > now) {
      chosen = tenants.values().iterator().next();
      tenants.remove(chosen.name);
      tenants.put(chosen.name, chosen);
    }
    Job job = chosen.jobs.peek();
    if (job != null) {
      chosen.jobs.remove(job);
      size--;
      settle(chosen);
    }
    return job;
  }

  /** Returns a job that can wait longest, of one who has many. */
  @Nullable Job leastUrgent() {
    Tenant most = null;
    int compared = 0;
    for (Tenant tenant : tenants.values()) {
      if (compared++ == COMPARED) {
        break;
      }
      if (most == null || tenant.jobs.size() > most.jobs.size()) {
        most = tenant;
      }
    }
    return most == null ? null : most.jobs.lateLeaf();
  }

  private void settle(Tenant tenant) {
    if (tenant.jobs.isEmpty()) {
      byHead.remove(tenant);
      tenants.remove(tenant.name);
    } else {
      byHead.move(tenant, tenant.jobs.peekOrder());
    }
  }
}
