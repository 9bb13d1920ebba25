package dev.tokenlife.memory;

import dev.tokenlife.scheduler.Keep;
import dev.tokenlife.scheduler.PriorityEngine;
import dev.tokenlife.scheduler.PrioritySettings;
import dev.tokenlife.spi.RefreshEngine;
import dev.tokenlife.spi.TokenStore;
import dev.tokenlife.testing.TokenShardingContract;

/** Instances with the priority engine divide the work of one store in one process. */
final class PrioritySharingTest extends TokenShardingContract {
  @Override
  protected TokenStore newStore() {
    return MemoryTokenStore.create();
  }

  @Override
  protected RefreshEngine newEngine() {
    return PriorityEngine.create(PrioritySettings.DEFAULT.keep(Keep.ALWAYS));
  }
}
