package dev.tokenlife.model;

/** What a poll comes to. */
public sealed interface PollResult {
  /** The holder's live token. */
  record Live(LiveToken token) implements PollResult {}

  /** Somebody else holds the chain. */
  record NotHolder() implements PollResult {}

  /** The chain is suspended; ask again later. */
  record Suspended() implements PollResult {}

  /** The chain yields nothing any more; give up. */
  record Over(Refusal reason) implements PollResult {}

  /** Nothing could be decided; ask again. */
  record Busy() implements PollResult {}
}
