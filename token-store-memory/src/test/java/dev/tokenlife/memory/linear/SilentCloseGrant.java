package dev.tokenlife.memory.linear;

/** The fetched chain where closing it does not raise its row's revision. */
public final class SilentCloseGrant extends SignInGrant {
  /** A new chain on a new store. */
  public SilentCloseGrant() {
    super(new FlawedStore(FlawedStore.Flaw.SILENT_CLOSE));
  }
}
