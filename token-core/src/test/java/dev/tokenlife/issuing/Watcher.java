package dev.tokenlife.issuing;

import dev.tokenlife.model.LiveToken;
import dev.tokenlife.model.PollResult;
import dev.tokenlife.spi.TokenSubscriber;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A subscriber that remembers, and can be made to throw. */
final class Watcher implements TokenSubscriber {
  final List<LiveToken> tokens = new CopyOnWriteArrayList<>();
  final List<PollResult> ends = new CopyOnWriteArrayList<>();
  final List<String> order = new CopyOnWriteArrayList<>();
  volatile boolean throwing;

  @Override
  public void onToken(LiveToken token) {
    tokens.add(token);
    order.add("token");
    fail();
  }

  @Override
  public void onOver(PollResult reason) {
    ends.add(reason);
    order.add("over");
    fail();
  }

  List<Long> generations() {
    return tokens.stream().map(LiveToken::generation).toList();
  }

  private void fail() {
    if (throwing) {
      throw new IllegalStateException("a subscriber that fails");
    }
  }
}
