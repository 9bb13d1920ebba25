package dev.tokenlife.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.spi.TokenEvent;
import dev.tokenlife.spi.Trigger;
import org.junit.jupiter.api.Test;

final class RecordingListenerTest {
  private static final ChainKey KEY = ChainKey.of("p", "c");

  @Test
  void events_areKept_inTheirOrder() {
    RecordingListener listener = new RecordingListener();
    TokenEvent opened = event(TokenEvent.Type.OPENED, KEY);
    TokenEvent closed = event(TokenEvent.Type.CLOSED, ChainKey.of("p", "other"));
    listener.onEvent(opened);
    listener.onEvent(closed);
    assertThat(listener.events()).containsExactly(opened, closed);
    assertThat(listener.types()).containsExactly(TokenEvent.Type.OPENED, TokenEvent.Type.CLOSED);
    assertThat(listener.events(TokenEvent.Type.CLOSED)).containsExactly(closed);
    assertThat(listener.events(KEY)).containsExactly(opened);
    listener.clear();
    assertThat(listener.events()).isEmpty();
  }

  @Test
  void events_areWaitedFor() {
    RecordingListener listener = new RecordingListener();
    Race.of(
        2,
        number -> {
          if (number == 0) {
            return listener.await(TokenEvent.Type.MINTED, 2).size();
          }
          listener.onEvent(event(TokenEvent.Type.MINTED, KEY));
          listener.onEvent(event(TokenEvent.Type.OPENED, KEY));
          listener.onEvent(event(TokenEvent.Type.MINTED, KEY));
          return 2;
        });
    assertThat(listener.events()).hasSize(3);
  }

  @Test
  void aForbiddenExecutor_throws_andRemembersWhoTried() {
    ForbiddenExecutor executor = new ForbiddenExecutor();
    executor.assertUntouched();
    assertThatThrownBy(() -> executor.execute(() -> {})).isInstanceOf(AssertionError.class);
    assertThat(executor.touches()).hasSize(1);
    assertThatThrownBy(executor::assertUntouched).isInstanceOf(AssertionError.class);
  }

  private static TokenEvent event(TokenEvent.Type type, ChainKey key) {
    return new TokenEvent(type, key, Trigger.CALLER, 1, 0, null, "");
  }
}
