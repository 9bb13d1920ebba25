package dev.tokenlife.oauth2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.time.VirtualTime;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

class OneTimeBodyTest {
  private final VirtualTime time = new VirtualTime();
  private final OneTimeBody body =
      new OneTimeBody("a=1", Deadline.in(time, Duration.ofSeconds(10)));

  /** Takes everything there is, and says what came. */
  private List<String> taken() {
    List<String> signals = new ArrayList<>();
    body.subscribe(
        new Flow.Subscriber<>() {
          @Override
          public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(1);
            subscription.request(1);
            subscription.cancel();
          }

          @Override
          public void onNext(ByteBuffer item) {
            signals.add("next " + item.remaining());
          }

          @Override
          public void onError(Throwable failure) {
            signals.add(failure.getClass().getSimpleName());
          }

          @Override
          public void onComplete() {
            signals.add("complete");
          }
        });
    return signals;
  }

  @Test
  void body_leavesOnce() {
    assertThat(taken()).containsExactly("next 3", "complete");
    assertThat(taken()).containsExactly("IOException");
    assertThat(body.withdraw()).isFalse();
  }

  @Test
  void withdrawnBody_neverLeaves() {
    assertThat(body.withdraw()).isTrue();
    assertThat(taken()).containsExactly("IOException");
    assertThat(body.withdraw()).isTrue();
  }

  @Test
  void body_doesNotLeaveAfterItsDeadline() {
    time.advance(Duration.ofSeconds(10));

    assertThat(taken()).containsExactly("HttpTimeoutException");
    assertThat(body.withdraw()).isTrue();
  }
}
