package dev.tokenlife.issuing;

import static dev.tokenlife.issuing.Stage.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.Chains;
import dev.tokenlife.model.AdminResult;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.HandOverResult;
import dev.tokenlife.model.PollResult;
import dev.tokenlife.model.Refusal;
import dev.tokenlife.testing.Rows;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows in the same store that this issuer has no business with. */
final class ForeignChainTest {
  private static final AdminResult NONE = new AdminResult.Refused(Refusal.NOT_FOUND);

  private final Stage stage = new Stage();

  @Test
  void fetchedChain_isNotThere_forAnIssuer() {
    ChainKey key = ChainKey.of(ROOM, "bank");
    ChainRow row = Rows.fetched(key);
    stage.store.insert(row, List.of());
    assertThat(stage.chains.poll(key, "ann")).isEqualTo(new PollResult.Over(Refusal.NOT_FOUND));
    assertThat(stage.chains.reassign(key, "ann")).isEqualTo(NONE);
    assertThat(stage.chains.suspend(key)).isEqualTo(NONE);
    assertThat(stage.chains.resume(key)).isEqualTo(NONE);
    assertThat(stage.chains.close(key, null)).isEqualTo(NONE);
    assertThat(stage.chains.revoke(key, null)).isEqualTo(NONE);
    assertThat(stage.chains.closeAll(ROOM, null)).isZero();
    assertThat(stage.chains.find(key)).isEmpty();
    assertThat(stage.chains.list(ROOM)).isEmpty();
    assertThat(stage.row(key)).isEqualTo(row);
  }

  @Test
  void absentChain_isNotThere() {
    ChainKey key = ChainKey.of(ROOM, "nothing");
    assertThat(stage.chains.poll(key, "ann")).isEqualTo(new PollResult.Over(Refusal.NOT_FOUND));
    assertThat(stage.chains.close(key, null)).isEqualTo(NONE);
    assertThat(stage.chains.suspend(key)).isEqualTo(NONE);
    assertThat(stage.chains.find(key)).isEmpty();
  }

  @Test
  void typeThatThisProcessDoesNotKnow_canBeStopped_butNotShownOrTaken() {
    ChainKey key = stage.open("SCREEN");
    String token = stage.token(key, "ann");
    Chains narrow =
        Chains.builder()
            .store(stage.store)
            .keys(stage.ring)
            .time(stage.time)
            .type("ENTRY", Stage.ENTRY)
            .build();
    assertThat(narrow.poll(key, "ann")).isEqualTo(new PollResult.Over(Refusal.NOT_FOUND));
    assertThat(narrow.handOver(ROOM, token, "bob"))
        .isEqualTo(new HandOverResult.Refused(Refusal.INVALID));
    assertThat(narrow.reassign(key, "bob")).isEqualTo(NONE);
    assertThat(narrow.suspend(key)).isEqualTo(new AdminResult.Done(false));
    assertThat(narrow.resume(key)).as("it cannot mint the new token").isEqualTo(NONE);
    assertThat(stage.chains.resume(key)).isEqualTo(new AdminResult.Done(false));
    assertThat(stage.token(key, "ann")).isNotEqualTo(token);
    assertThat(narrow.close(key, null)).isEqualTo(new AdminResult.Done(false));
  }

  @Test
  void listing_goesThroughEveryPage() {
    Stage full = new Stage();
    for (int i = 0; i < 1_201; i++) {
      full.open("ENTRY");
    }
    assertThat(full.chains.list(ROOM)).hasSize(1_201).doesNotHaveDuplicates();
    assertThat(full.chains.pollHolder(ROOM, "ann")).hasSize(1_201);
    assertThat(full.chains.closeAll(ROOM, "the end")).isEqualTo(1_201);
    assertThat(full.chains.pollHolder(ROOM, "ann")).isEmpty();
    assertThat(full.chains.list(ROOM))
        .allSatisfy(chain -> assertThat(chain.closeReason()).contains("the end"));
  }
}
