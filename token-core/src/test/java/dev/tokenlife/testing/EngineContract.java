package dev.tokenlife.testing;

import dev.tokenlife.spi.RefreshEngine;
import dev.tokenlife.spi.TokenStore;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * The laws of {@link RefreshEngine}, on any store. Extend it and return new ones; every test gets
 * its own store and closes it, and an engine for each instance it starts.
 *
 * <pre>{@code
 * final class MyEngineTest extends EngineContract {
 *   @Override
 *   protected RefreshEngine newEngine() {
 *     return new MyEngine();
 *   }
 *
 *   @Override
 *   protected TokenStore newStore() {
 *     return ReferenceStore.local();
 *   }
 * }
 * }</pre>
 *
 * <p>The laws say what callers and sources see, whoever decides when and where a refresh runs. How
 * an engine orders its work, and what it sheds, is its own to test.
 */
public abstract class EngineContract
    implements SharedFlightLaws,
        WaitLaws,
        FailureLaws,
        HangLaws,
        PlanLaws,
        GrantLaws,
        OutageLaws,
        ClosingLaws {
  private @Nullable TokenStore store;
  private @Nullable EngineStage stage;

  /** Returns a new engine that keeps every watched chain fresh, if it refreshes ahead at all. */
  protected abstract RefreshEngine newEngine();

  /** Returns an empty store; called before each test. */
  protected abstract TokenStore newStore();

  /**
   * Returns whether the engine refreshes a watched chain ahead of its expiry, though nobody reads
   * it; if not, it must run nothing at all while nobody asks. Yes by default.
   */
  protected boolean refreshesAhead() {
    return true;
  }

  @Override
  public final EngineStage stage() {
    return Objects.requireNonNull(stage, "the stage exists while a test runs");
  }

  @BeforeEach
  final void openStage() {
    TokenStore opened = newStore();
    store = opened;
    stage = new EngineStage(this::newEngine, opened, refreshesAhead());
  }

  @AfterEach
  final void closeStage() {
    stage().close();
    Objects.requireNonNull(store, "opened before").close();
  }
}
