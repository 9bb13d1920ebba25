package dev.tokenlife.issuing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.Chains;
import dev.tokenlife.ChainsBuilder;
import dev.tokenlife.crypto.KeyRing;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainPolicy;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.ChallengeResult;
import dev.tokenlife.model.ChallengeRule;
import dev.tokenlife.model.HandOverResult;
import dev.tokenlife.model.LiveToken;
import dev.tokenlife.model.OpenRequest;
import dev.tokenlife.model.OpenResult;
import dev.tokenlife.model.PollResult;
import dev.tokenlife.model.Refusal;
import dev.tokenlife.model.ReusePolicy;
import dev.tokenlife.model.Secret;
import dev.tokenlife.spi.TokenStore;
import dev.tokenlife.testing.IntrudedStore;
import dev.tokenlife.testing.RecordingListener;
import dev.tokenlife.testing.ReferenceStore;
import dev.tokenlife.time.VirtualTime;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/** A room with issued chains in virtual time: one durable store and as many nodes as wanted. */
final class Stage {
  static final String ROOM = "session-7";
  static final Duration TTL = Duration.ofSeconds(10);
  static final Secret KEY_1 = Secret.of("jZVVo5muDxILi0a0eh+SkThBC4Hk8d2NnIj82nir6Z0=");
  static final Secret KEY_2 = Secret.of("d6iuUncGdo1kZk1v3a2Uw3rra2jtwoFkqboAPmBKeyY=");

  /** Ten seconds, nothing else. */
  static final ChainPolicy ENTRY = ChainPolicy.builder("entry", TTL).effects(true).build();

  /** Shown ten seconds, good three more. */
  static final ChainPolicy SCREEN =
      ChainPolicy.screenCode("screen", TTL, Duration.ofSeconds(3)).effects(true).build();

  /** Nobody holds two of a room. */
  static final ChainPolicy ONCE =
      ChainPolicy.builder("once", TTL).onceEach(true).effects(true).build();

  /** Confirmed by a code. */
  static final ChainPolicy CODED =
      ChainPolicy.builder("coded", TTL).challenge(ChallengeRule.standard()).effects(true).build();

  /** Suspended at the second proven reuse. */
  static final ChainPolicy WARY =
      ChainPolicy.builder("wary", TTL).reuse(ReusePolicy.suspendAfter(2)).effects(true).build();

  /** Refresh tokens. */
  static final ChainPolicy FAMILY = ChainPolicy.family("family").build();

  final VirtualTime time = new VirtualTime();
  final HistoryStore store = new HistoryStore(ReferenceStore.shared());
  final KeyRing ring = KeyRing.of(1, KEY_1);
  final RecordingListener events = new RecordingListener();
  final Chains chains;

  Stage() {
    chains = node(store).build();
  }

  private Stage(LongConsumer intruder) {
    chains = node(IntrudedStore.beforeEach(store, intruder)).build();
  }

  /** Threads change places between store calls more often than they would by themselves. */
  static Stage contended() {
    return new Stage(
        call -> {
          if (ThreadLocalRandom.current().nextInt(4) == 0) {
            LockSupport.parkNanos(1);
          }
        });
  }

  /** Another process over the same rows, seen through {@code view}; everything runs in line. */
  ChainsBuilder node(TokenStore view) {
    return bare(view).executor(Runnable::run).listener(events).time(time);
  }

  /** The same with the machine's own threads and nobody listening. */
  ChainsBuilder bare(TokenStore view) {
    return Chains.builder()
        .store(view)
        .keys(ring)
        .time(time)
        .type("ENTRY", ENTRY)
        .type("SCREEN", SCREEN)
        .type("ONCE", ONCE)
        .type("CODED", CODED)
        .type("WARY", WARY)
        .type("FAMILY", FAMILY);
  }

  /** Opens a chain for Ann. */
  ChainKey open(String type) {
    return chains.open(ROOM, type, "ann");
  }

  /** Opens a named chain for Ann. */
  ChainKey named(String type, String name) {
    OpenResult result = chains.open(OpenRequest.of(ROOM, type, "ann").named(name, "open-" + name));
    assertThat(result).isInstanceOf(OpenResult.Opened.class);
    return ((OpenResult.Opened) result).chain();
  }

  /** Returns the row of a chain that is there. */
  ChainRow row(ChainKey key) {
    return store.find(key).orElseThrow().row();
  }

  /** Returns the text of the token that a holder is shown now. */
  String token(ChainKey key, String holder) {
    return live(chains.poll(key, holder)).token().reveal();
  }

  /** Returns the code that the holder is shown for a scanner. */
  String code(ChainKey key, String holder, String scanner) {
    return live(chains.poll(key, holder)).codes().stream()
        .filter(code -> code.scanner().equals(scanner))
        .findFirst()
        .orElseThrow()
        .code()
        .reveal();
  }

  void pass(Duration by) {
    time.advance(by);
  }

  static LiveToken live(PollResult result) {
    assertThat(result).isInstanceOf(PollResult.Live.class);
    return ((PollResult.Live) result).token();
  }

  static LiveToken accepted(HandOverResult result) {
    assertThat(result).isInstanceOf(HandOverResult.Accepted.class);
    return ((HandOverResult.Accepted) result).token();
  }

  static Refusal refused(HandOverResult result) {
    assertThat(result).isInstanceOf(HandOverResult.Refused.class);
    return ((HandOverResult.Refused) result).refusal();
  }

  static ChallengeResult.Given given(ChallengeResult result) {
    assertThat(result).isInstanceOf(ChallengeResult.Given.class);
    return (ChallengeResult.Given) result;
  }
}
