package dev.tokenlife.transition;

import dev.tokenlife.model.ChainKind;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.Refusal;
import org.jspecify.annotations.Nullable;

/** Whether a chain takes commands at all; the first question of every command but close. */
final class Standing {
  private Standing() {}

  /** Returns why an issued chain takes no command now; null if it does. */
  static @Nullable Refusal refusal(@Nullable ChainRow row, Moment moment) {
    if (row == null || row.origin().kind() != ChainKind.MINTED) {
      return Refusal.NOT_FOUND;
    }
    if (row.isExpired(moment.now())) {
      return Refusal.CHAIN_EXPIRED;
    }
    return stateRefusal(row);
  }

  /** Returns why the stored state forbids the command; null if it does not. */
  static @Nullable Refusal stateRefusal(ChainRow row) {
    return switch (row.state()) {
      case ACTIVE -> null;
      case SUSPENDED -> Refusal.SUSPENDED;
      case CLOSED -> Refusal.CHAIN_CLOSED;
      case REVOKED -> Refusal.REVOKED;
    };
  }
}
