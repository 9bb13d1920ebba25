package dev.tokenlife.crypto;

import dev.tokenlife.model.Budgets;
import dev.tokenlife.model.ChainControl;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainKind;
import dev.tokenlife.model.ChainOrigin;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.ChainState;
import dev.tokenlife.model.ChallengeSlot;
import dev.tokenlife.model.CurrentToken;
import dev.tokenlife.model.Position;
import dev.tokenlife.model.Secret;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keys, rows and slots to try things on. The keys are published here, so worth nothing. */
final class Sample {
  static final Secret SECRET_1 = Secret.of("jZVVo5muDxILi0a0eh+SkThBC4Hk8d2NnIj82nir6Z0=");
  static final Secret SECRET_2 = Secret.of("d6iuUncGdo1kZk1v3a2Uw3rra2jtwoFkqboAPmBKeyY=");
  static final Secret SECRET_3 = Secret.of("mIjphrgajXFl6lxmoIE9Z6uanF4DEkw6t+Ct4ZMt9Lc=");
  static final String NONCE = "AAECAwQFBgcICQoLDA0ODw";
  static final long ISSUED_AT = 1_900_000_000_000L;
  static final ChainKey KEY = ChainKey.of("session-7", ChainIds.fromName("entry"));

  private Sample() {}

  static KeyRing ring() {
    return KeyRing.of(1, SECRET_1);
  }

  static ChainRow row() {
    return row(KEY, "ENTRY", NONCE, new CurrentToken(3, 1, ISSUED_AT, ISSUED_AT + 10_000, 1));
  }

  static ChainRow row(ChainKey key, String type, String nonce, @Nullable CurrentToken current) {
    return new ChainRow(
        key,
        new ChainOrigin(ChainKind.MINTED, type, "qr", null, 0, "open", Long.MAX_VALUE, null, nonce),
        new ChainControl(1, "op", null, ChainState.ACTIVE, null, 0, 0),
        new Position(1, 3, "ann", null, null, ISSUED_AT),
        current,
        null,
        null,
        null,
        null,
        List.of(),
        Budgets.NONE);
  }

  static ChallengeSlot slot(String scanner, String nonce, long seq) {
    return new ChallengeSlot("id", scanner, nonce, 1, seq, 3, ISSUED_AT + 30_000, 3);
  }
}
