package dev.tokenlife.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.spi.TokenEvent;
import dev.tokenlife.spi.Trigger;
import dev.tokenlife.testing.RecordingListener;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ListenersTest {
  private static final TokenEvent EVENT =
      new TokenEvent(TokenEvent.Type.OPENED, ChainKey.of("p", "c"), Trigger.CALLER, 1, 0, null, "");

  @Test
  void throwingListener_hurtsNobody() {
    RecordingListener before = new RecordingListener();
    RecordingListener after = new RecordingListener();
    Listeners listeners =
        new Listeners(
            List.of(
                before,
                event -> {
                  throw new IllegalStateException("broken");
                },
                event -> {
                  throw new AssertionError("more broken");
                },
                after));
    listeners.tell(EVENT);
    assertThat(before.events()).containsExactly(EVENT);
    assertThat(after.events()).containsExactly(EVENT);
  }
}
