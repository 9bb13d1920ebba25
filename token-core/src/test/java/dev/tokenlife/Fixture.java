package dev.tokenlife;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.CurrentToken;
import dev.tokenlife.model.Failure;
import dev.tokenlife.model.Secret;
import dev.tokenlife.model.TokenUnavailableException;
import dev.tokenlife.model.Upstream;
import dev.tokenlife.spi.FetchedToken;
import dev.tokenlife.testing.FaultyStore;
import dev.tokenlife.testing.RecordingListener;
import dev.tokenlife.testing.ReferenceStore;
import dev.tokenlife.testing.ScriptedSource;
import dev.tokenlife.time.VirtualTime;
import java.time.Duration;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;

/**
 * One instance in virtual time, on the thread of the test: whatever it starts has ended when the
 * call returns.
 */
abstract class Fixture {
  static final ChainKey BANK = ChainKey.of("bank");
  static final Duration HOUR = Duration.ofHours(1);

  final VirtualTime time = new VirtualTime();
  final ReferenceStore rows;
  final FaultyStore store;
  final ScriptedSource source;
  final RecordingListener events = new RecordingListener();
  final Tokens tokens;

  Fixture(ReferenceStore rows, ScriptedSource source) {
    this.rows = rows;
    this.store = FaultyStore.around(rows);
    this.source = source;
    this.tokens = builder().build();
  }

  Fixture() {
    this(ReferenceStore.local(), ScriptedSource.create());
  }

  /** Describes an instance on this fixture's parts. */
  TokensBuilder builder() {
    return Tokens.builder()
        .source(source)
        .engine(PullEngine.create())
        .store(store)
        .listener(events)
        .time(time)
        .executor(Runnable::run);
  }

  @AfterEach
  final void closeTokens() {
    tokens.close(Duration.ofSeconds(1));
  }

  void after(Duration duration) {
    time.advance(duration);
  }

  /** The chain gets a grant with a refresh token. */
  void signIn(ChainKey key) {
    FetchedToken grant = FetchedToken.of("granted", HOUR).withRefreshToken(Secret.of("refresh-0"));
    tokens.adopt(key, "grant-of-" + key.id(), grant);
  }

  ChainRow row(ChainKey key) {
    return rows.find(key).orElseThrow().row();
  }

  /** Returns the failure that a row keeps. */
  static Failure failure(ChainRow row) {
    return Objects.requireNonNull(row.failure(), "the row keeps a failure");
  }

  /** Returns what a row has of its upstream. */
  static Upstream upstream(ChainRow row) {
    return Objects.requireNonNull(row.upstream(), "the row has a grant");
  }

  /** Returns a row's token. */
  static CurrentToken current(ChainRow row) {
    return Objects.requireNonNull(row.current(), "the row has a token");
  }

  static TokenUnavailableException refused(ThrowingCallable call) {
    return catchThrowableOfType(TokenUnavailableException.class, call);
  }
}
