package dev.tokenlife.memory.linear;

/** The same after somebody signed in. */
public final class SignInModel extends GrantModel {
  /** The chain with its first token. */
  public SignInModel() {
    String unused = adopt(0);
  }
}
