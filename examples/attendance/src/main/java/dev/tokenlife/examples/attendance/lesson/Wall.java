package dev.tokenlife.examples.attendance.lesson;

import dev.tokenlife.crypto.KeyRing;
import dev.tokenlife.crypto.Opening;
import dev.tokenlife.crypto.SealedTokens;
import dev.tokenlife.model.Refusal;
import dev.tokenlife.time.TimeSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Codes for the wall: many may scan the same one while it is good, nobody becomes a holder, and
 * neither showing nor checking one costs a store operation. Only the mark does.
 */
public final class Wall {
  private final Map<CodeType, SealedTokens> sealed = new EnumMap<>(CodeType.class);
  private final CodeRules rules;
  private final Roster roster;
  private final Register register;
  private final TimeSource time;

  /** Seals with these keys, for the types that the rules name. */
  public Wall(CodeRules rules, KeyRing keys, Roster roster, Register register, TimeSource time) {
    this.rules = rules;
    this.roster = roster;
    this.register = register;
    this.time = time;
    for (CodeType type : rules.sealed()) {
      sealed.put(
          type,
          SealedTokens.builder(keys)
              .type("wall-" + type)
              .ttl(rules.rotate().plus(rules.overlap()))
              .time(time)
              .build());
    }
  }

  /**
   * A code to show.
   *
   * @param token the code
   * @param expiresAt when it ends, epoch milliseconds
   */
  public record WallCode(String token, long expiresAt) {}

  /** Makes the code to show now. */
  public WallCode show(Session session, CodeType type) {
    SealedTokens tokens = sealed.get(type);
    if (tokens == null) {
      throw new RefusedException(
          RefusedException.Reason.NOT_FOUND,
          "NO_WALL_CODE",
          type + " is no wall code here; start with --sealed " + type + ".");
    }
    long ends = time.wallMillis() + rules.rotate().plus(rules.overlap()).toMillis();
    return new WallCode(tokens.seal(session.id(), type.name()), ends);
  }

  /**
   * Takes a scanned text if it is a wall code of this session.
   *
   * @return empty if it is something else; the type it stood for; or why it was refused
   */
  public Optional<Scanned> scan(Session session, @Nullable String token, Person scanner) {
    for (Map.Entry<CodeType, SealedTokens> entry : sealed.entrySet()) {
      Opening opening = entry.getValue().open(token, session.id());
      if (opening instanceof Opening.Opened) {
        return Optional.of(mark(session, entry.getKey(), scanner));
      }
      if (opening instanceof Opening.Refused refused && refused.reason() != Refusal.INVALID) {
        return Optional.of(new Scanned(entry.getKey(), Optional.of(refused.reason())));
      }
    }
    return Optional.empty();
  }

  /**
   * What scanning a wall code came to.
   *
   * @param type what it stood for
   * @param refusal why not; empty if it was taken
   */
  public record Scanned(CodeType type, Optional<Refusal> refusal) {}

  private Scanned mark(Session session, CodeType type, Person scanner) {
    if (!session.isActive()) {
      return new Scanned(type, Optional.of(Refusal.CHAIN_CLOSED));
    }
    if (!roster.isStudent(session.id(), scanner.id())) {
      return new Scanned(type, Optional.of(Refusal.NOT_ELIGIBLE));
    }
    register.scannedOnWall(session.id(), scanner.id(), type, time.wallMillis());
    return new Scanned(type, Optional.empty());
  }
}
