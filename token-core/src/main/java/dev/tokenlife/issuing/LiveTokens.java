package dev.tokenlife.issuing;

import dev.tokenlife.crypto.ChallengeCodes;
import dev.tokenlife.crypto.MissingKeyException;
import dev.tokenlife.model.ChainPolicy;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.ChallengeRule;
import dev.tokenlife.model.ChallengeSlot;
import dev.tokenlife.model.CurrentToken;
import dev.tokenlife.model.LiveToken;
import dev.tokenlife.model.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a row's current token visible to its holder. */
final class LiveTokens {
  private final Issuer issuer;

  LiveTokens(Issuer issuer) {
    this.issuer = issuer;
  }

  /** Returns the live token of a durable row; the row must have a current token. */
  LiveToken of(ChainRow row, ChainPolicy policy) {
    CurrentToken current = row.current();
    if (current == null) {
      throw new IllegalStateException(row.key() + " has no current token");
    }
    long now = Math.max(issuer.clock().now(), current.issuedAt());
    boolean last = current.expiresAt() == row.origin().absoluteExpiresAt();
    long due = current.expiresAt() - (last ? 0 : policy.renewAhead().toMillis());
    return new LiveToken(
        row.key(),
        row.origin().type(),
        Secret.of(issuer.tokens().mint(row)),
        current.seq(),
        current.generation(),
        Instant.ofEpochMilli(current.issuedAt()),
        Instant.ofEpochMilli(current.expiresAt()),
        Duration.ofMillis(Math.max(0, due - now)),
        codes(row, policy.challenge(), now));
  }

  private List<LiveToken.PendingCode> codes(ChainRow row, @Nullable ChallengeRule rule, long now) {
    List<LiveToken.PendingCode> codes = new ArrayList<>();
    if (rule == null || row.challenges().isEmpty()) {
      return codes;
    }
    ChallengeCodes derived = new ChallengeCodes(issuer.keys(), rule.digits());
    for (ChallengeSlot slot : row.challenges()) {
      if (slot.seq() == row.seq() && now < slot.expiresAt() && slot.attemptsLeft() > 0) {
        String code = code(derived, row, slot);
        if (code != null) {
          codes.add(
              new LiveToken.PendingCode(
                  slot.scanner(), Secret.of(code), Instant.ofEpochMilli(slot.expiresAt())));
        }
      }
    }
    return codes;
  }

  /** A code whose key was retired meanwhile cannot be shown; its challenge simply runs out. */
  private static @Nullable String code(ChallengeCodes derived, ChainRow row, ChallengeSlot slot) {
    try {
      return derived.code(row.key(), slot);
    } catch (MissingKeyException retired) {
      return null;
    }
  }
}
