package dev.tokenlife.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.PreviousToken;
import dev.tokenlife.model.Secret;
import dev.tokenlife.model.Upstream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeyUseTest {
  private static final ChainKey KEY = ChainKey.of("spotify", "user-42");
  private static final ChainRow BARE = Sample.row(KEY, "T", "", null);

  @Test
  void currentPreviousAndChallenges_nameTheirKeys() {
    PreviousToken previous =
        new PreviousToken(2, 1, 5, 9, 8, PreviousToken.Reason.ROTATED, null, null, 9, 0);
    assertThat(KeyUse.names(BARE, 1)).isFalse();
    assertThat(KeyUse.names(Sample.row(), 1)).isTrue();
    assertThat(KeyUse.names(Sample.row(), 2)).isFalse();
    assertThat(KeyUse.names(BARE.draft().previous(previous).row(), 5)).isTrue();
    ChainRow challenged = BARE.draft().challenges(List.of(Sample.slot("bob", "n", 1))).row();
    assertThat(KeyUse.names(challenged, 1)).isTrue();
    assertThat(KeyUse.names(challenged, 5)).isFalse();
  }

  @Test
  void everySealedSecret_namesItsKey() {
    String sealed = new RingSealer(KeyRing.of(7, Sample.SECRET_1)).seal(Secret.of("x"), KEY, "f");
    for (ChainRow row :
        List.of(with(sealed, null, null), with(null, sealed, null), with(null, null, sealed))) {
      assertThat(KeyUse.names(row, 7)).isTrue();
      assertThat(KeyUse.names(row, 8)).isFalse();
    }
    assertThat(KeyUse.names(with("not sealed", null, null), 7)).isFalse();
  }

  private static ChainRow with(
      @Nullable String access, @Nullable String refresh, @Nullable String attributes) {
    Upstream upstream = new Upstream("g", access, refresh, "Bearer", "", attributes, 0, 0, 0);
    return BARE.draft().upstream(upstream).row();
  }
}
