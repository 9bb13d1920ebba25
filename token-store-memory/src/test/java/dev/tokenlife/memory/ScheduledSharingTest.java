package dev.tokenlife.memory;

import dev.tokenlife.scheduler.ScheduledEngine;
import dev.tokenlife.spi.RefreshEngine;
import dev.tokenlife.spi.TokenStore;
import dev.tokenlife.testing.TokenShardingContract;

/** Instances with the scheduled engine divide the work of one store in one process. */
final class ScheduledSharingTest extends TokenShardingContract {
  @Override
  protected TokenStore newStore() {
    return MemoryTokenStore.create();
  }

  @Override
  protected RefreshEngine newEngine() {
    return ScheduledEngine.create();
  }
}
