package dev.tokenlife.crypto;

import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.Upstream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells which keys a stored row needs; {@link KeyRing#retire} asks for it. */
public final class KeyUse {
  private KeyUse() {}

  /**
   * Returns whether a row names this key: in its current or previous token, a pending challenge or
   * a sealed secret.
   */
  public static boolean names(ChainRow row, int keyId) {
    return (row.current() != null && row.current().keyId() == keyId)
        || (row.previous() != null && row.previous().keyId() == keyId)
        || row.challenges().stream().anyMatch(slot -> slot.keyId() == keyId)
        || (row.upstream() != null && sealedWith(row.upstream(), keyId));
  }

  private static boolean sealedWith(Upstream upstream, int keyId) {
    return Stream.of(upstream.accessToken(), upstream.refreshToken(), upstream.attributes())
        .anyMatch(text -> sealedWith(text, keyId));
  }

  private static boolean sealedWith(@Nullable String text, int keyId) {
    return text != null && SealedText.keyId(text) == keyId;
  }
}
