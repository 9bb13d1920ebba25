package dev.tokenlife.examples.attendance.lesson;

import dev.tokenlife.Chains;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChallengeResult;
import dev.tokenlife.model.HandOverResult;
import dev.tokenlife.model.Presenter;
import dev.tokenlife.spi.StoreException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Codes that students scan: each hands its chain over, once. */
public final class Scans {
  private static final Logger log = LoggerFactory.getLogger(Scans.class);

  private final Chains chains;
  private final Register register;
  private final Holders holders;

  /** Hands over these chains. */
  public Scans(Chains chains, Register register, Holders holders) {
    this.chains = chains;
    this.register = register;
    this.holders = holders;
  }

  /** Takes a scanned code. The request id makes a repeated request get the same answer. */
  public HandOverResult scan(
      Session session, @Nullable String token, Person scanner, @Nullable String requestId) {
    return taken(
        session,
        scanner,
        chains.handOver(session.id(), token, new Presenter(scanner.id(), requestId, null)));
  }

  /** Asks for a confirmation code, which the holder's page then shows. */
  public ChallengeResult challenge(Session session, @Nullable String token, Person scanner) {
    return chains.challenge(session.id(), token, scanner.id());
  }

  /** Answers with the confirmation code; the right one hands the chain over. */
  public HandOverResult answer(
      Session session, String chainId, String challengeId, @Nullable String code, Person scanner) {
    ChainKey key = Codes.key(session, chainId);
    return taken(session, scanner, chains.answer(key, challengeId, code, scanner.id()));
  }

  private HandOverResult taken(Session session, Person scanner, HandOverResult result) {
    if (result instanceof HandOverResult.Accepted accepted) {
      holders.holds(scanner.id(), accepted.token().chain());
      try {
        register.update(session.id());
      } catch (StoreException failure) {
        // The hand-over stands, and so does its effect: whoever comes next writes it down.
        log.warn("The register of session={} is written later", session.id(), failure);
      }
    }
    return result;
  }
}
