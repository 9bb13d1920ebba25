package dev.tokenlife.issuing;

import static dev.tokenlife.issuing.Stage.ROOM;
import static dev.tokenlife.issuing.Stage.accepted;
import static dev.tokenlife.issuing.Stage.live;
import static dev.tokenlife.issuing.Stage.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.Chains;
import dev.tokenlife.model.AdminResult;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.HandOverResult;
import dev.tokenlife.model.LiveToken;
import dev.tokenlife.model.OpenRequest;
import dev.tokenlife.model.OpenResult;
import dev.tokenlife.model.Presenter;
import dev.tokenlife.model.Refusal;
import dev.tokenlife.spi.TokenEvent;
import dev.tokenlife.testing.IntrudedStore;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The same request is the same request, whoever carries it and however often. */
final class RequestIdTest {
  private static final Presenter BOB = new Presenter("bob", "request-1", null);

  private final Stage stage = new Stage();

  @Test
  void oneRequest_carriedByTwoCallsAtOnce_isDoneOnce_andToldOnce() {
    ChainKey key = stage.open("ENTRY");
    String token = stage.token(key, "ann");
    Chains late =
        stage
            .node(
                IntrudedStore.beforeCall(
                    stage.store, 2, () -> accepted(stage.chains.handOver(ROOM, token, BOB))))
            .build();
    HandOverResult second = late.handOver(ROOM, token, BOB);
    assertThat(second).isInstanceOf(HandOverResult.Accepted.class);
    assertThat(((HandOverResult.Accepted) second).repeat()).isTrue();
    assertThat(accepted(second).token()).isEqualTo(live(stage.chains.poll(key, "bob")).token());
    assertThat(stage.row(key).seq()).isEqualTo(1);
    assertThat(stage.events.events(TokenEvent.Type.HANDED_OVER)).hasSize(1);
  }

  @Test
  void oneReassignment_carriedByTwoCallsAtOnce_isDoneOnce_andToldOnce() {
    ChainKey key = stage.open("ENTRY");
    Chains late =
        stage
            .node(
                IntrudedStore.beforeCall(
                    stage.store, 2, () -> stage.chains.reassign(key, "bob", "request-1")))
            .build();
    assertThat(late.reassign(key, "bob", "request-1")).isEqualTo(new AdminResult.Done(true));
    assertThat(stage.row(key).seq()).isEqualTo(1);
    assertThat(stage.events.events(TokenEvent.Type.REASSIGNED)).hasSize(1);
  }

  @Test
  void repeatedReassignment_isAlreadyDone_evenAfterTheChainWentOn() {
    ChainKey key = stage.open("ENTRY");
    assertThat(stage.chains.reassign(key, "bob", "request-1"))
        .isEqualTo(new AdminResult.Done(false));
    LiveToken carols = accepted(stage.chains.handOver(ROOM, stage.token(key, "bob"), "carol"));
    assertThat(stage.chains.reassign(key, "bob", "request-1"))
        .isEqualTo(new AdminResult.Done(true));
    assertThat(live(stage.chains.poll(key, "carol")).token()).isEqualTo(carols.token());
  }

  @Test
  void anotherReassignment_isNotTheSame() {
    ChainKey key = stage.open("ENTRY");
    stage.chains.reassign(key, "bob", "request-1");
    assertThat(stage.chains.reassign(key, "bob", "request-2"))
        .isEqualTo(new AdminResult.Done(false));
    assertThat(stage.row(key).seq()).isEqualTo(2);
  }

  @Test
  void repeatedOpening_findsItsOwnChain_andIsToldOnce() {
    OpenRequest request = OpenRequest.of(ROOM, "ENTRY", "ann").named("door", "open-1");
    OpenResult first = stage.chains.open(request);
    OpenResult second = stage.chains.open(request);
    assertThat(first).isInstanceOf(OpenResult.Opened.class);
    assertThat(((OpenResult.Opened) first).repeat()).isFalse();
    assertThat(second).isInstanceOf(OpenResult.Opened.class);
    assertThat(((OpenResult.Opened) second).repeat()).isTrue();
    assertThat(((OpenResult.Opened) second).chain()).isEqualTo(((OpenResult.Opened) first).chain());
    assertThat(stage.events.types()).containsExactly(TokenEvent.Type.OPENED);
    assertThat(stage.events.events().get(0).generation()).isEqualTo(1);
  }

  @Test
  void openingOfANameThatIsTaken_isAConflict_evenAfterTheChainEnded() {
    ChainKey key = stage.named("ENTRY", "door");
    OpenRequest other = OpenRequest.of(ROOM, "ENTRY", "bob").named("door", "open-2");
    assertThat(stage.chains.open(other)).isEqualTo(new OpenResult.Conflict(key));
    stage.chains.close(key, null);
    assertThat(stage.chains.open(other)).isEqualTo(new OpenResult.Conflict(key));
    assertThat(stage.chains.openAll(List.of(other))).containsExactly(new OpenResult.Conflict(key));
  }

  @Test
  void sameRequestIdOfAnotherActor_isNotTheSameRequest() {
    ChainKey key = stage.open("ENTRY");
    String token = stage.token(key, "ann");
    LiveToken bobs = accepted(stage.chains.handOver(ROOM, token, BOB));
    Presenter thief = new Presenter("mallory", "request-1", null);
    assertThat(refused(stage.chains.handOver(ROOM, token, thief)))
        .isEqualTo(Refusal.ALREADY_CONSUMED);
    assertThat(live(stage.chains.poll(key, "bob")).token()).isEqualTo(bobs.token());
  }
}
