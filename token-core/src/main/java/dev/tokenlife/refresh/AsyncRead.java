package dev.tokenlife.refresh;

import dev.tokenlife.model.AccessToken;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.spi.Demand;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A read whose caller does not wait: the steps of one that does, each where the one before ends.
 */
final class AsyncRead implements Runnable {
  private final Refresher core;
  private final Readers readers;
  private final Looks looks;
  private final ChainKey key;
  private final CompletableFuture<AccessToken> answer;
  private final AtomicBoolean goesOn = new AtomicBoolean();

  AsyncRead(
      Refresher core,
      Readers readers,
      Looks looks,
      ChainKey key,
      CompletableFuture<AccessToken> answer) {
    this.core = core;
    this.readers = readers;
    this.looks = looks;
    this.key = key;
    this.answer = answer;
  }

  @Override
  public void run() {
    try {
      begin(readers.watched(key));
    } catch (RuntimeException | Error failure) {
      answer.completeExceptionally(failure);
    }
  }

  private void begin(Entry entry) {
    entry.markRead();
    if (!readers.isDoubtful(entry)) {
      goOn(entry, null);
      return;
    }
    boolean canServe = readers.canServeUnread(entry);
    if (canServe && entry.isUnreadable(core.clock().now())) {
      looks.behind(entry);
      goOn(entry, null);
      return;
    }
    if (canServe) {
      core.answers().later(Readers.STORE_PATIENCE, () -> goOn(entry, null));
    }
    var unused =
        looks
            .shared(entry)
            .whenCompleteAsync((done, failure) -> goOn(entry, failure), core.answers()::run);
  }

  /** After the look or without it, whichever comes first. */
  private void goOn(Entry entry, @Nullable Throwable unreadable) {
    if (!goesOn.compareAndSet(false, true)) {
      return;
    }
    try {
      if (unreadable != null) {
        readers.refuseUnlessServed(entry, unreadable);
      }
      AccessToken token = readers.atOnce(entry);
      if (token != null) {
        answer.complete(token);
      } else {
        readers.pass(readers.demand(entry, -1, Demand.BLOCKED), answer);
      }
    } catch (RuntimeException | Error failure) {
      answer.completeExceptionally(failure);
    }
  }
}
