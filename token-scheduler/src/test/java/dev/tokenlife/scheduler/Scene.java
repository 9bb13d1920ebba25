package dev.tokenlife.scheduler;

import dev.tokenlife.Tokens;
import dev.tokenlife.TokensBuilder;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.spi.RefreshEngine;
import dev.tokenlife.testing.RecordingListener;
import dev.tokenlife.testing.ReferenceStore;
import dev.tokenlife.testing.ScriptedSource;
import dev.tokenlife.time.VirtualTime;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** An instance in virtual time: what falls due runs on the advancing thread. */
final class Scene implements AutoCloseable {
  static final ChainKey BANK = ChainKey.of("bank");
  static final Duration HOUR = Duration.ofHours(1);

  final VirtualTime time = new VirtualTime();
  final ScriptedSource source = ScriptedSource.create();
  final ReferenceStore store = ReferenceStore.local();
  final RecordingListener events = new RecordingListener();
  final Tokens tokens;

  Scene(RefreshEngine engine) {
    this(engine, builder -> builder);
  }

  Scene(RefreshEngine engine, UnaryOperator<TokensBuilder> more) {
    tokens =
        more.apply(
                Tokens.builder()
                    .source(source)
                    .engine(engine)
                    .store(store)
                    .time(time)
                    .executor(Runnable::run)
                    .listener(events))
            .build();
  }

  void advance(Duration by) {
    time.advance(by);
  }

  int armed() {
    return figure("armed");
  }

  int figure(String name) {
    return Integer.parseInt(String.valueOf(tokens.status().get(name)));
  }

  boolean isFresh(ChainKey key) {
    return tokens.getIfFresh(key).isPresent();
  }

  @Override
  public void close() {
    tokens.close();
  }
}
