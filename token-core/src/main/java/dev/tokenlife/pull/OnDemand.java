package dev.tokenlife.pull;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.spi.Demand;
import dev.tokenlife.spi.EngineContext;
import dev.tokenlife.spi.PlannedRefresh;
import dev.tokenlife.spi.RefreshEngine;
import dev.tokenlife.spi.Trigger;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Starts a refresh when a caller finds a token due or gone, and at no other time. */
public final class OnDemand implements RefreshEngine {
  private final AtomicLong demands = new AtomicLong();
  private volatile @Nullable EngineContext context;

  @Override
  public void start(EngineContext started) {
    if (context != null) {
      throw new IllegalStateException("an engine serves one Tokens: create another one");
    }
    context = started;
  }

  @Override
  public long plan(ChainKey key, PlannedRefresh planned, long ticket) {
    return 0;
  }

  @Override
  public void demand(ChainKey key, Demand demand) {
    EngineContext started = context;
    if (started == null) {
      throw new IllegalStateException("the engine was not started");
    }
    demands.incrementAndGet();
    started.executor().execute(() -> started.run(key, Trigger.CALLER, outcome -> {}));
  }

  @Override
  public void forget(ChainKey key, long ticket) {}

  @Override
  public String explain(ChainKey key, long ticket) {
    return "";
  }

  @Override
  public Map<String, Object> status() {
    return Map.of("engine", "pull", "demands", demands.get());
  }

  @Override
  public void close(Duration timeout) {}
}
