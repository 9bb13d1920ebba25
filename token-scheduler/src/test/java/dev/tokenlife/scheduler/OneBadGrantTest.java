package dev.tokenlife.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tokenlife.Tokens;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.DeadLetter;
import dev.tokenlife.model.FailureKind;
import dev.tokenlife.model.TokenUnavailableException;
import dev.tokenlife.spi.FetchRequest;
import dev.tokenlife.spi.FetchedToken;
import dev.tokenlife.spi.SourceException;
import dev.tokenlife.spi.TokenEvent;
import dev.tokenlife.spi.TokenSource;
import dev.tokenlife.testing.RecordingListener;
import dev.tokenlife.testing.ReferenceStore;
import dev.tokenlife.time.VirtualTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One of 10 000 grants was revoked at its provider. */
class OneBadGrantTest {
  private static final int GRANTS = 10_000;
  private static final ChainKey BAD = key(4_711);

  private final VirtualTime time = new VirtualTime();
  private final RecordingListener events = new RecordingListener();
  private final ReferenceStore store = ReferenceStore.local();
  private final Map<ChainKey, Integer> calls = new HashMap<>();
  private boolean revoked;
  private Runnable meanwhile = () -> {};

  private static ChainKey key(int number) {
    return ChainKey.of("people", "user-" + number);
  }

  private Tokens tokens() {
    return Tokens.builder()
        .source(TokenSource.of(this::fetch))
        .engine(PriorityEngine.create(PrioritySettings.DEFAULT.keep(Keep.ALWAYS)))
        .store(store)
        .time(time)
        .executor(Runnable::run)
        .listener(events)
        .build();
  }

  private FetchedToken fetch(FetchRequest request) {
    calls.merge(request.key(), 1, Integer::sum);
    if (request.key().equals(BAD)) {
      Runnable first = meanwhile;
      meanwhile = () -> {};
      first.run();
      if (revoked) {
        throw new SourceException(FailureKind.PERMANENT, "invalid_grant");
      }
    }
    return FetchedToken.of("access", Duration.ofHours(1));
  }

  private int calls(ChainKey key) {
    return calls.getOrDefault(key, 0);
  }

  @Test
  void itIsOneCall_oneEvent_andASlowProbe_andTheOthersNoticeNothing() {
    try (Tokens tokens = tokens()) {
      for (int i = 0; i < GRANTS; i++) {
        tokens.watch(key(i));
      }
      time.advance(Duration.ofSeconds(1));
      revoked = true;
      calls.clear();
      // By then all are due, those that were moved away from crowded seconds included.
      time.advance(Duration.ofMinutes(59));
      assertThat(calls(BAD)).isEqualTo(1);
      assertThat(events.events(TokenEvent.Type.SIGN_IN_REQUIRED)).hasSize(1);
      assertThat(tokens.getIfFresh(BAD)).isEmpty();
      assertThat(tokens.deadLetters("people")).extracting(DeadLetter::key).containsExactly(BAD);
      for (int hour = 0; hour < 5; hour++) {
        time.advance(Duration.ofHours(1));
      }
      assertThat(calls(BAD)).as("probes in six hours").isBetween(5, 7);
      assertThat(events.events(TokenEvent.Type.SIGN_IN_REQUIRED)).hasSize(1);
      assertThat(events.events(TokenEvent.Type.REFRESH_FAILED))
          .allMatch(event -> event.key().equals(BAD));
      for (int i = 0; i < GRANTS; i++) {
        assertThat(tokens.getIfFresh(key(i)).isPresent()).isEqualTo(i != 4_711);
      }
      assertThat(tokens.adopt(BAD, "signed in again", FetchedToken.of("new", Duration.ofHours(1))))
          .isTrue();
      assertThat(tokens.get(BAD).bearer()).isEqualTo("Bearer new");
      assertThat(tokens.deadLetters("people")).isEmpty();
    }
  }

  @Test
  void lateFailureOfTheOldGrant_doesNotOverwriteTheSignIn() {
    try (Tokens tokens = tokens()) {
      tokens.get(BAD);
      revoked = true;
      meanwhile =
          () -> tokens.adopt(BAD, "signed in again", FetchedToken.of("new", Duration.ofHours(1)));
      time.advance(Duration.ofMinutes(50));
      assertThat(calls(BAD)).isEqualTo(2);
      assertThat(tokens.get(BAD).bearer()).isEqualTo("Bearer new");
      assertThat(tokens.deadLetters("people")).isEmpty();
      assertThat(events.events(TokenEvent.Type.SIGN_IN_REQUIRED)).isEmpty();
    }
  }

  @Test
  void deadLetter_survivesARestart_andCanBeReadAndRetried() {
    try (Tokens tokens = tokens()) {
      revoked = true;
      assertThatThrownBy(() -> tokens.get(BAD)).isInstanceOf(TokenUnavailableException.class);
    }
    try (Tokens restarted = tokens()) {
      DeadLetter letter = restarted.deadLetters("people").get(0);
      assertThat(letter.key()).isEqualTo(BAD);
      assertThat(letter.failure().kind()).isEqualTo(FailureKind.PERMANENT);
      int before = calls(BAD);
      assertThatThrownBy(() -> restarted.get(BAD)).isInstanceOf(TokenUnavailableException.class);
      assertThat(calls(BAD)).as("believed, not asked again").isEqualTo(before);
      revoked = false;
      assertThat(restarted.retry(letter)).isCompleted();
      assertThat(restarted.deadLetters("people")).isEmpty();
      assertThat(restarted.get(BAD).bearer()).isEqualTo("Bearer access");
    }
  }
}
