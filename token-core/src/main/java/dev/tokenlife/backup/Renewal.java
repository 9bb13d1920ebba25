package dev.tokenlife.backup;

import dev.tokenlife.model.ChainControl;
import dev.tokenlife.model.ChainKind;
import dev.tokenlife.model.ChainOrigin;
import dev.tokenlife.model.ChainRow;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/**
 * What a chain does not take along, and what it gets instead. A minted chain leaves its nonce
 * behind, so that no token of the backup's time verifies ever again, and the challenges that were
 * asked with such tokens. Every restored row is a write of its own.
 */
final class Renewal {
  private final SecureRandom random = new SecureRandom();

  /** Returns the row as it is written into a backup. */
  static ChainRow stripped(ChainRow row) {
    return row.origin().kind() == ChainKind.MINTED
        ? row.draft().origin(with(row.origin(), "")).challenges(List.of()).row()
        : row;
  }

  /** Returns the row as it is restored. */
  ChainRow renewed(ChainRow row) {
    ChainControl was = row.control();
    ChainControl control =
        new ChainControl(
            was.revision() + 1,
            random(),
            was.adminRequestId(),
            was.state(),
            was.closeReason(),
            was.lastAt(),
            was.lastUse());
    ChainRow stripped = stripped(row);
    boolean minted = row.origin().kind() == ChainKind.MINTED;
    ChainOrigin origin = minted ? with(row.origin(), random()) : row.origin();
    return stripped.draft().control(control).origin(origin).row();
  }

  private static ChainOrigin with(ChainOrigin was, String nonce) {
    return new ChainOrigin(
        was.kind(),
        was.type(),
        was.policyId(),
        was.name(),
        was.createdAt(),
        was.openRequestId(),
        was.absoluteExpiresAt(),
        was.idleTimeout(),
        nonce);
  }

  /** Returns 128 random bits as text. */
  private String random() {
    byte[] bits = new byte[16];
    random.nextBytes(bits);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
  }
}
