package dev.tokenlife.memory.linear;

import dev.tokenlife.memory.MemoryTokenStore;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

/**
 * A chain whose tokens are fetched when they are asked for, and rejected by whoever they are for.
 */
@Param(name = "generation", gen = IntGen.class, conf = "1:3")
public final class RejectedGrant extends GrantOperations {
  /** A new chain on a new store. */
  public RejectedGrant() {
    super(MemoryTokenStore.create());
  }

  /** Asks for a token. */
  @Operation(nonParallelGroup = "token")
  public String get() {
    return read();
  }

  /** A server rejects a token. */
  @Operation(params = "generation", nonParallelGroup = "token")
  public String invalidate(int generation) {
    return reject(generation);
  }

  /** Ends the chain. */
  @Operation
  public String close() {
    return end();
  }
}
