package dev.tokenlife.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.Secret;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RingSealerTest {
  private static final ChainKey KEY = ChainKey.of("spotify", "user-42");
  private static final Secret SECRET = Secret.of("refresh-me-ünïcode-😀");

  private final KeyRing ring = Sample.ring();
  private final RingSealer sealer = new RingSealer(ring);
  private final String text = sealer.seal(SECRET, KEY, "refreshToken");

  @Test
  void sealedSecret_opensForItsChainAndField_only() {
    assertThat(text).matches("s1\\.1\\.[A-Za-z0-9_-]+").doesNotContain("refresh");
    assertThat(sealer.open(text, KEY, "refreshToken")).isEqualTo(SECRET);
    assertBroken(text, ChainKey.of("spotify", "user-43"), "refreshToken");
    assertBroken(text, ChainKey.of("deezer", "user-42"), "refreshToken");
    assertBroken(text, KEY, "accessToken");
    assertBroken(text, ChainKey.of("spotifyuser-4", "2"), "refreshToken");
  }

  @Test
  void emptySecret_isSealedToo() {
    assertThat(sealer.open(sealer.seal(Secret.of(""), KEY, "f"), KEY, "f").reveal()).isEmpty();
  }

  @Test
  void everySeal_isDifferent() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      assertThat(seen.add(sealer.seal(SECRET, KEY, "f").substring(5, 21))).isTrue();
    }
  }

  @Test
  void everyChangedLetter_isNoticed() {
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i) == 'A' ? 'B' : 'A';
      assertUnopened(text.substring(0, i) + letter + text.substring(i + 1));
      assertUnopened(text.substring(0, i));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "s1",
        "s1.",
        "s1..",
        "s1.1",
        "s1.1.",
        "s1.1.AAAA",
        "s1.01.AAAA",
        "s2.1.AAAA",
        "s1.x.AAAA",
        "s1.+1.AAAA",
        "s1.-1.AAAA",
        "s1.0.AAAA",
        "s1.1.****",
        "s1.99999999999.AAAA"
      })
  void otherTexts_areBroken_andStale(String other) {
    assertBroken(other, KEY, "f");
    assertThat(SealedText.keyId(other) == 1 || sealer.stale(other)).isTrue();
  }

  @Test
  void rotation_opensOldSeals_andCallsThemStale() {
    ring.add(2, Sample.SECRET_2);
    assertThat(sealer.stale(text)).isFalse();
    ring.promote(2);
    assertThat(sealer.stale(text)).isTrue();
    String again = sealer.seal(sealer.open(text, KEY, "refreshToken"), KEY, "refreshToken");
    assertThat(again).startsWith("s1.2.");
    assertThat(sealer.stale(again)).isFalse();
    ring.retire(1, id -> false);
    assertThat(sealer.open(again, KEY, "refreshToken")).isEqualTo(SECRET);
    assertThatThrownBy(() -> sealer.open(text, KEY, "refreshToken"))
        .isInstanceOf(MissingKeyException.class)
        .hasMessageContaining("refreshToken of spotify/user-42 needs key 1")
        .hasMessageContaining("KeyRing.add")
        .satisfies(missing -> assertThat(((MissingKeyException) missing).keyId()).isEqualTo(1));
  }

  @Test
  void sameKeyForAnotherPurpose_opensNothing() {
    RingKey key = ring.primary();
    byte[] bytes = Objects.requireNonNull(SealedText.parse(text)).bytes;
    assertThat(bound(key.atRest).open(bytes, 0)).isNotNull();
    assertThat(bound(key.sealedToken).open(bytes, 0)).isNull();
  }

  private static AeadKey.Box bound(AeadKey key) {
    AeadKey.Box box = key.box();
    box.associated.text("s1").number(1).text("spotify").text("user-42").text("refreshToken");
    return box;
  }

  private void assertUnopened(String changed) {
    assertThatThrownBy(() -> sealer.open(changed, KEY, "refreshToken"))
        .isInstanceOfAny(SealBrokenException.class, MissingKeyException.class)
        .satisfies(broken -> assertThat(broken.toString()).doesNotContain("refresh-me"));
  }

  private void assertBroken(String sealed, ChainKey key, String field) {
    assertThatThrownBy(() -> sealer.open(sealed, key, field))
        .isInstanceOf(SealBrokenException.class)
        .hasMessageContaining(field);
  }
}
