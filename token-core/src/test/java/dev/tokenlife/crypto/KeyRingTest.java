package dev.tokenlife.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.CurrentToken;
import dev.tokenlife.model.Secret;
import org.junit.jupiter.api.Test;

class KeyRingTest {
  private static final int NO_KEY = 0;

  @Test
  void rotation_verifiesEveryTokenUntilRetirement_andNoneAfter() {
    KeyRing ring = Sample.ring();
    ChainTokens tokens = new ChainTokens(ring);
    String old = tokens.mint(minted(1));

    ring.add(2, Sample.SECRET_2);
    assertThat(verifies(tokens, old, 1)).isTrue();
    assertThat(ring.primaryId()).isEqualTo(1);

    ring.promote(2);
    String young = tokens.mint(minted(ring.primaryId()));
    assertThat(verifies(tokens, old, 1)).isTrue();
    assertThat(verifies(tokens, young, 2)).isTrue();

    PresentedToken read = tokens.parse(old).orElseThrow();
    ring.retire(1, id -> false);
    assertThat(tokens.parse(old)).isEmpty();
    assertThat(tokens.verify(read, minted(1))).isFalse();
    assertThat(verifies(tokens, young, 2)).isTrue();
    assertThat(ring.keyIds()).containsExactly(2);
  }

  @Test
  void keyNamedByStoredRows_doesNotRetire() {
    KeyRing ring = Sample.ring();
    ring.add(2, Sample.SECRET_2);
    ring.promote(2);
    assertThatThrownBy(() -> ring.retire(1, id -> KeyUse.names(minted(1), id)))
        .isInstanceOf(KeyRefusedException.class)
        .hasMessageContaining("key 1 is named by stored rows");
    assertThat(ring.has(1)).isTrue();
    ring.retire(1, id -> KeyUse.names(minted(2), id));
    assertThat(ring.has(1)).isFalse();
  }

  @Test
  void primaryAndUnknownKeys_doNotRetire() {
    KeyRing ring = Sample.ring();
    assertThatThrownBy(() -> ring.retire(1, id -> false)).hasMessageContaining("promote another");
    assertThatThrownBy(() -> ring.retire(5, id -> false)).hasMessageContaining("no key 5");
    assertThatThrownBy(() -> ring.promote(5)).hasMessageContaining("add it first");
    assertThatThrownBy(() -> ring.add(1, Sample.SECRET_2)).hasMessageContaining("key 1 twice");
    assertThatThrownBy(() -> ring.add(NO_KEY, Sample.SECRET_2)).hasMessageContaining("no key id");
  }

  @Test
  void reload_takesOverAllOrNothing() {
    String[] text = {entry(1, Sample.SECRET_1)};
    KeyRing ring = KeyRing.load(() -> Secret.of(text[0]));
    RingKey first = ring.primary();

    text[0] = entry(1, Sample.SECRET_1) + "\n*" + entry(2, Sample.SECRET_2) + "\n";
    ring.reload(id -> false);
    assertThat(ring.primaryId()).isEqualTo(2);
    assertThat(ring.find(1)).isSameAs(first);

    text[0] = entry(2, Sample.SECRET_2);
    assertThatThrownBy(() -> ring.reload(id -> id == 1)).hasMessageContaining("named by stored");
    assertThat(ring.keyIds()).containsExactly(1, 2);
    ring.reload(id -> false);
    assertThat(ring.keyIds()).containsExactly(2);

    text[0] = entry(2, Sample.SECRET_3);
    assertThatThrownBy(() -> ring.reload(id -> false)).hasMessageContaining("another secret");
    text[0] = "";
    assertThatThrownBy(() -> ring.reload(id -> false)).hasMessageContaining("is empty");
    assertThat(ring.primaryId()).isEqualTo(2);
  }

  @Test
  void onlyLoadedRings_reload() {
    assertThatThrownBy(() -> Sample.ring().reload(id -> false))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void generatedRing_saysSo_untilItsKeyIsGone() {
    KeyRing ring = KeyRing.generate();
    assertThat(ring.isGenerated()).isTrue();
    assertThat(Sample.ring().isGenerated()).isFalse();
    ring.add(2, Sample.SECRET_2);
    ring.promote(2);
    assertThat(ring.isGenerated()).isTrue();
    ring.retire(1, id -> false);
    assertThat(ring.isGenerated()).isFalse();
  }

  @Test
  void generatedRings_differ() {
    String token = new ChainTokens(KeyRing.generate()).mint(minted(1));
    assertThat(verifies(new ChainTokens(KeyRing.generate()), token, 1)).isFalse();
  }

  @Test
  void ring_printsItsIdsOnly() {
    KeyRing ring = Sample.ring();
    ring.add(-1, Sample.SECRET_2);
    assertThat(ring).hasToString("KeyRing[primary=1, keys=[1, 4294967295]]");
  }

  private static String entry(int id, Secret secret) {
    return id + ":" + secret.reveal();
  }

  private static ChainRow minted(int keyId) {
    CurrentToken current = new CurrentToken(1, 0, Sample.ISSUED_AT, Sample.ISSUED_AT + 9, keyId);
    return Sample.row(Sample.KEY, "ENTRY", Sample.NONCE, current);
  }

  private static boolean verifies(ChainTokens tokens, String token, int keyId) {
    return tokens.parse(token).filter(read -> tokens.verify(read, minted(keyId))).isPresent();
  }
}
