package dev.tokenlife.issuing;

import static dev.tokenlife.issuing.Stage.ROOM;
import static dev.tokenlife.issuing.Stage.accepted;
import static dev.tokenlife.issuing.Stage.live;
import static dev.tokenlife.issuing.Stage.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.Chains;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainOrigin;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.Refusal;
import dev.tokenlife.spi.TokenStore;
import dev.tokenlife.testing.ReferenceStore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * An old copy of the rows comes back: what was consumed since is current in it again. Whoever
 * restores draws a new nonce for each chain, and the nonce is part of every token.
 */
final class RestoredBackupTest {
  private final Stage stage = new Stage();
  private final ChainKey key = stage.open("ENTRY");
  private final String consumedSince = stage.token(key, "ann");
  private final ChainRow backup = stage.row(key);
  private final List<String> outside = new ArrayList<>(List.of(consumedSince));

  RestoredBackupTest() {
    outside.add(accepted(stage.chains.handOver(ROOM, consumedSince, "bob")).token().reveal());
    outside.add(accepted(stage.chains.handOver(ROOM, outside.get(1), "carl")).token().reveal());
  }

  @Test
  void restoredRowsWithNewNonces_acceptNoTokenFromBeforeTheRestore() {
    Chains restored = restored("a nonce drawn by the restore");
    for (String token : outside) {
      assertThat(refused(restored.handOver(ROOM, token, "mallory"))).isEqualTo(Refusal.INVALID);
    }
    String next = live(restored.poll(key, "ann")).token().reveal();
    assertThat(outside).doesNotContain(next);
    accepted(restored.handOver(ROOM, next, "dora"));
  }

  @Test
  void restoredRowsWithTheirOldNonces_wouldTakeAConsumedTokenAgain() {
    accepted(restored(backup.origin().nonce()).handOver(ROOM, consumedSince, "mallory"));
  }

  private Chains restored(String nonce) {
    ChainOrigin old = backup.origin();
    ChainOrigin origin =
        new ChainOrigin(
            old.kind(),
            old.type(),
            old.policyId(),
            old.name(),
            old.createdAt(),
            old.openRequestId(),
            old.absoluteExpiresAt(),
            old.idleTimeout(),
            nonce);
    TokenStore store = ReferenceStore.shared();
    store.insert(backup.draft().origin(origin).row(), List.of());
    return stage.node(store).build();
  }
}
