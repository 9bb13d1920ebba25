package dev.tokenlife.transition;

import dev.tokenlife.model.ChainPolicy;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.Refusal;
import org.jspecify.annotations.Nullable;

/** Whether the actor rule lets this actor consume a token of this chain. */
record Admission(ChainPolicy policy, Actor actor) {
  @Nullable Refusal refusal(ChainRow row) {
    boolean isHolder = actor.name().equals(row.position().holder());
    return switch (policy.actorRule()) {
      case HANDOVER -> isHolder ? Refusal.NOT_ELIGIBLE : null;
      case SELF -> isHolder && Keys.match(row, actor.key()) ? null : Refusal.NOT_HOLDER;
    };
  }
}
