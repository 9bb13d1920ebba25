package dev.tokenlife.examples.attendance.lesson;

import dev.tokenlife.model.Refusal;

/** The library's refusals, for people. */
public final class Refusals {
  private Refusals() {}

  /** Says a refusal in a sentence. */
  public static String sentence(Refusal refusal) {
    return switch (refusal) {
      case ALREADY_CONSUMED -> "Already consumed: somebody else scanned this code first.";
      case TOKEN_EXPIRED -> "This code has expired. Scan the one that is on the screen now.";
      case SUPERSEDED -> "The code has changed meanwhile. Scan the new one.";
      case CHAIN_CLOSED -> "This chain is completed.";
      case CHAIN_EXPIRED -> "This chain has run out.";
      case SUSPENDED -> "This chain is paused. Try again later.";
      case REVOKED -> "This chain was revoked.";
      case NOT_HOLDER -> "Only the holder may do this.";
      case NOT_ELIGIBLE -> "You cannot take this code: join the session, and do not scan your own.";
      case CHALLENGE_REQUIRED -> "Type the confirmation code that the holder's page shows.";
      case CHALLENGE_FAILED -> "That confirmation code is wrong or has run out.";
      case LOCKED -> "Too many wrong confirmation codes. Try again in a few minutes.";
      case INVALID -> "This is no code of this session.";
      case NOT_FOUND -> "There is no such chain.";
      case BUSY -> "That could not be decided just now. Try again.";
    };
  }
}
