package dev.tokenlife.azure.backup;

import dev.tokenlife.model.ChainControl;
import dev.tokenlife.model.ChainKind;
import dev.tokenlife.model.ChainOrigin;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.RowDraft;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * What a restored row has anew: it is a write of its own, and a minted chain gets another nonce, so
 * that no token of the backup's time is ever valid again.
 */
final class Redraw {
  private final SecureRandom random = new SecureRandom();

  ChainRow row(ChainRow row) {
    ChainControl was = row.control();
    RowDraft draft =
        row.draft()
            .control(
                new ChainControl(
                    was.revision() + 1,
                    random(),
                    was.adminRequestId(),
                    was.state(),
                    was.closeReason(),
                    was.lastAt(),
                    was.lastUse()));
    if (row.origin().kind() == ChainKind.MINTED) {
      draft.origin(origin(row.origin()));
    }
    return draft.row();
  }

  private ChainOrigin origin(ChainOrigin was) {
    return new ChainOrigin(
        was.kind(),
        was.type(),
        was.policyId(),
        was.name(),
        was.createdAt(),
        was.openRequestId(),
        was.absoluteExpiresAt(),
        was.idleTimeout(),
        random());
  }

  /** Returns 128 random bits as text. */
  String random() {
    byte[] bits = new byte[16];
    random.nextBytes(bits);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
  }
}
