package dev.tokenlife.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.CurrentToken;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class ChainTokensTest {
  private final KeyRing ring = Sample.ring();
  private final ChainTokens tokens = new ChainTokens(ring);
  private final ChainRow row = Sample.row();
  private final String token = tokens.mint(row);

  @Test
  void mintedToken_saysWhatTheRowSays_andVerifies() {
    PresentedToken read = tokens.parse(token).orElseThrow();
    assertThat(read.chainId()).isEqualTo(Sample.KEY.id());
    assertThat(read.key("session-7")).isEqualTo(Sample.KEY);
    assertThat(read.keyId()).isEqualTo(1);
    assertThat(read.generation()).isEqualTo(3);
    assertThat(read.seq()).isEqualTo(1);
    assertThat(read.issuedAt()).isEqualTo(Sample.ISSUED_AT);
    assertThat(tokens.verify(read, row)).isTrue();
    assertThat(tokens.verify(read, "session-7", "ENTRY", Sample.NONCE)).isTrue();
  }

  @Test
  void sameRow_givesTheSameTokenOnEveryProcess() {
    assertThat(new ChainTokens(Sample.ring()).mint(row)).isEqualTo(token);
  }

  @Test
  void layout_isTheDocumentedOne() {
    byte[] bytes = Base64.getUrlDecoder().decode(token);
    assertThat(HexFormat.of().formatHex(bytes, 0, 5)).isEqualTo("0100000001");
    assertThat(HexFormat.of().formatHex(bytes, 21, 29)).isEqualTo("030101ba60d33800");
    assertThat(token).hasSize(60).matches("[A-Za-z0-9_-]+");
  }

  @Test
  void otherPartitionTypeNonceOrChain_doesNotVerify() {
    PresentedToken read = tokens.parse(token).orElseThrow();
    assertThat(tokens.verify(read, "session-8", "ENTRY", Sample.NONCE)).isFalse();
    assertThat(tokens.verify(read, "session-7", "EXIT", Sample.NONCE)).isFalse();
    assertThat(tokens.verify(read, "session-7", "ENTRY", Sample.NONCE.replace('A', 'B'))).isFalse();
    assertThat(tokens.verify(read, "session-7E", "NTRY", Sample.NONCE)).isFalse();
    ChainKey other = ChainKey.of("session-7", ChainIds.fromName("other"));
    assertThat(tokens.verify(read, Sample.row(other, "ENTRY", Sample.NONCE, row.current())))
        .isFalse();
  }

  @Test
  void otherSecretUnderTheSameId_doesNotVerify() {
    ChainTokens others = new ChainTokens(KeyRing.of(1, Sample.SECRET_2));
    assertThat(others.verify(others.parse(token).orElseThrow(), row)).isFalse();
  }

  @Test
  void sameSecretUnderAnotherId_doesNotVerify() {
    ChainTokens others = new ChainTokens(KeyRing.of(2, Sample.SECRET_1));
    assertThat(others.parse(token)).isEmpty();
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(strings = {"A", "AAAA", "\ud800", "😀😀", "Bearer x", "s1.1.AAAA", "a b", "é"})
  void malformedTexts_areEmpty(@org.jspecify.annotations.Nullable String text) {
    assertThat(tokens.parse(text)).isEmpty();
    assertThat(tokens.parse(text + "A".repeat(60))).isEmpty();
    assertThat(tokens.parse("A".repeat(1_000_000) + text)).isEmpty();
  }

  @Test
  void unknownVersionAndUnknownKey_areEmpty() {
    assertThat(tokens.parse("AA" + token.substring(2))).isEmpty();
    assertThat(tokens.parse("Aw" + token.substring(2))).isEmpty();
    assertThat(tokens.parse(new ChainTokens(KeyRing.of(7, Sample.SECRET_1)).mint(keyed(7))))
        .isEmpty();
  }

  @Test
  void chainWithTheUuidOfAnOlderApplication_hasTokensToo_ofVersionTwo() {
    ChainKey older = ChainKey.of("session-7", "8c1f2b34-0d5e-4f60-9a7b-1c2d3e4f5a6b");
    ChainRow adopted = Sample.row(older, "ENTRY", Sample.NONCE, row.current());
    PresentedToken read = tokens.parse(tokens.mint(adopted)).orElseThrow();
    assertThat(read.key("session-7")).isEqualTo(older);
    assertThat(tokens.verify(read, adopted)).isTrue();
    assertThat(tokens.verify(read, row)).isFalse();
    assertThat(tokens.mint(adopted)).startsWith("Ag").hasSameSizeAs(token);
  }

  @Test
  void sameBits_writtenAsLettersAndAsUuid_areTwoChains() {
    PresentedToken ours = tokens.parse(token).orElseThrow();
    PresentedToken older = tokens.parse("Ag" + token.substring(2)).orElseThrow();
    assertThat(older.chainId()).isNotEqualTo(ours.chainId());
    ChainRow sameBits = Sample.row(older.key("session-7"), "ENTRY", Sample.NONCE, row.current());
    assertThat(tokens.verify(older, sameBits)).isFalse();
    assertThat(tokens.verify(older, row)).isFalse();
    assertThat(tokens.verify(ours, sameBits)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8C1F2B34-0D5E-4F60-9A7B-1C2D3E4F5A6B",
        "8c1f2b340d5e4f609a7b1c2d3e4f5a6b----",
        "zc1f2b34-0d5e-4f60-9a7b-1c2d3e4f5a6b",
        "8c1f2b34-0d5e-4f60-9a7b-1c2d3e4f5a6"
      })
  void uuidInAnotherForm_isNoId(String id) {
    assertThat(ChainIds.decode(id)).isEmpty();
  }

  @Test
  void largestNumbers_fit() {
    CurrentToken largest =
        new CurrentToken(Long.MAX_VALUE, Long.MAX_VALUE, (1L << 48) - 1, Long.MAX_VALUE, 1);
    ChainRow far = Sample.row(Sample.KEY, "ENTRY", Sample.NONCE, largest);
    PresentedToken read = tokens.parse(tokens.mint(far)).orElseThrow();
    assertThat(read.generation()).isEqualTo(Long.MAX_VALUE);
    assertThat(read.seq()).isEqualTo(Long.MAX_VALUE);
    assertThat(read.issuedAt()).isEqualTo((1L << 48) - 1);
    assertThat(tokens.verify(read, far)).isTrue();
  }

  @Test
  void keysWithTheHighestIds_work() {
    ChainTokens high = new ChainTokens(KeyRing.of(-1, Sample.SECRET_1));
    PresentedToken read = high.parse(high.mint(keyed(-1))).orElseThrow();
    assertThat(high.verify(read, keyed(-1))).isTrue();
    assertThat(read).asString().contains("4294967295");
  }

  @Test
  void whatIsNoMintedToken_isRefused() {
    ChainRow named = Sample.row(ChainKey.of("p", "user-42"), "ENTRY", "", row.current());
    assertThatThrownBy(() -> tokens.mint(named)).isInstanceOf(IllegalArgumentException.class);
    ChainRow empty = Sample.row(Sample.KEY, "ENTRY", "", null);
    assertThatThrownBy(() -> tokens.mint(empty)).isInstanceOf(IllegalArgumentException.class);
    ChainRow early = Sample.row(Sample.KEY, "ENTRY", "", new CurrentToken(0, 0, 0, 0, 1));
    assertThatThrownBy(() -> tokens.mint(early)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void missingKey_isNamed() {
    assertThatThrownBy(() -> tokens.mint(keyed(9)))
        .isInstanceOf(MissingKeyException.class)
        .hasMessageContaining("key 9")
        .hasMessageContaining("KeyRing.add");
  }

  @Test
  void printing_showsNoTag() {
    PresentedToken read = tokens.parse(token).orElseThrow();
    assertThat(read.toString()).contains(Sample.KEY.id()).doesNotContain(token.substring(50));
  }

  private static ChainRow keyed(int keyId) {
    return Sample.row(Sample.KEY, "ENTRY", Sample.NONCE, new CurrentToken(1, 0, 5, 15, keyId));
  }
}
