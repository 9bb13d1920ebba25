package dev.tokenlife.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.CurrentToken;
import dev.tokenlife.model.Refusal;
import dev.tokenlife.model.Secret;
import dev.tokenlife.testing.Race;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Many threads on one ring while its keys come and go. */
class RotationRaceTest {
  private static final int ROTATIONS = 200;

  private final KeyRing ring = Sample.ring();
  private final ChainTokens tokens = new ChainTokens(ring);
  private final RingSealer sealer = new RingSealer(ring);
  private final SealedTokens sealed =
      SealedTokens.builder(ring).type("T").ttl(Duration.ofHours(1)).build();
  private final AtomicBoolean over = new AtomicBoolean();

  @Test
  void everyTokenOfAKeptKey_verifies_whileOthersRotate() {
    List<Long> work =
        Race.of(6, thread -> thread == 0 ? rotate() : thread % 2 == 0 ? issue(thread) : seal());
    assertThat(work).allMatch(done -> done > 0);
    assertThat(ring.keyIds()).containsExactly(1);
  }

  /** Key 1 stays; others are added, promoted and retired around it. */
  private long rotate() {
    try {
      for (int i = 0; i < ROTATIONS; i++) {
        Secret fresh = KeyRing.newKey();
        ring.add(2 + i, fresh);
        ring.promote(2 + i);
        ring.promote(1);
        ring.retire(2 + i, id -> false);
      }
      return ROTATIONS;
    } finally {
      over.set(true);
    }
  }

  private long issue(int thread) {
    long done = 0;
    ChainKey key = ChainKey.of("p" + thread, ChainIds.fromName("chain " + thread));
    while (!over.get() || done == 0) {
      CurrentToken current = new CurrentToken(++done, 0, done, done + 10, 1);
      ChainRow row = Sample.row(key, "T", Sample.NONCE, current);
      Optional<PresentedToken> read = tokens.parse(tokens.mint(row));
      assertThat(read).hasValueSatisfying(one -> assertThat(tokens.verify(one, row)).isTrue());
    }
    return done;
  }

  private long seal() {
    ChainKey key = ChainKey.of("p", "c");
    long done = 0;
    while (!over.get() || done == 0) {
      Secret secret = Secret.of("secret " + ++done);
      String text = sealer.seal(secret, key, "f");
      assertThat(openedOrRetired(text, key)).isIn(secret, Secret.of(""));
      if (sealed.open(sealed.seal("p", "x"), "p") instanceof Opening.Refused refused) {
        assertThat(refused.reason()).isEqualTo(Refusal.INVALID);
      }
    }
    return done;
  }

  /** A seal of a key that was retired in between is refused by name, never opened wrongly. */
  private Secret openedOrRetired(String text, ChainKey key) {
    try {
      return sealer.open(text, key, "f");
    } catch (MissingKeyException retired) {
      assertThat(retired.keyId()).isNotEqualTo(1);
      return Secret.of("");
    }
  }
}
