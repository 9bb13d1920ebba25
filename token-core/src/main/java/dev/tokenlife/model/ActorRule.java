package dev.tokenlife.model;

/** Who may consume a token of a chain. */
public enum ActorRule {
  /** Somebody other than the holder: the token goes from hand to hand. */
  HANDOVER,
  /** The holder alone: a refresh-token family. */
  SELF
}
