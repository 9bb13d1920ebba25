package dev.tokenlife.testing;

import dev.tokenlife.spi.TokenStore;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * The laws of {@link TokenStore}, its listings, its effect queue, and its lease table and contents,
 * if it has them. Extend it and return a new store; every test gets one of its own and closes it.
 *
 * <pre>{@code
 * final class MyStoreTest extends TokenStoreContract {
 *   @Override
 *   protected TokenStore newStore() {
 *     return new MyStore(emptyDatabase());
 *   }
 * }
 * }</pre>
 *
 * <p>The laws say nothing about time limits, sizes or what a store does when it cannot be reached:
 * those are the store's own to test.
 */
public abstract class TokenStoreContract
    implements RowLaws,
        RaceLaws,
        BatchLaws,
        CompanionLaws,
        ListingLaws,
        DueLaws,
        EffectLaws,
        LeaseLaws,
        ContentsLaws {
  private @Nullable TokenStore store;

  /** Returns an empty store; called before each test. */
  protected abstract TokenStore newStore();

  @Override
  public final TokenStore store() {
    return Objects.requireNonNull(store, "the store exists while a test runs");
  }

  @BeforeEach
  final void openStore() {
    store = newStore();
  }

  @AfterEach
  final void closeStore() {
    store().close();
  }
}
