package dev.tokenlife.memory.linear;

import dev.tokenlife.memory.MemoryTokenStore;
import dev.tokenlife.spi.TokenStore;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

/** A chain that always has a token until it is closed; people sign in again and again. */
@Param(name = "grant", gen = IntGen.class, conf = "0:3")
public class SignInGrant extends GrantOperations {
  /** Somebody signed in, on the memory store as it is. */
  public SignInGrant() {
    this(MemoryTokenStore.create());
  }

  SignInGrant(TokenStore store) {
    super(store);
    String unused = signIn(0);
  }

  /** Asks for a token. */
  @Operation
  public final String get() {
    return read();
  }

  /** Somebody signs in. */
  @Operation(params = "grant")
  public final String adopt(int grant) {
    return signIn(grant);
  }

  /** Ends the chain. */
  @Operation
  public final String close() {
    return end();
  }
}
