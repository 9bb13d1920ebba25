package dev.tokenlife.issuing;

import static dev.tokenlife.issuing.Stage.ROOM;
import static dev.tokenlife.issuing.Stage.accepted;
import static dev.tokenlife.issuing.Stage.live;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.LiveToken;
import dev.tokenlife.model.OpenRequest;
import dev.tokenlife.model.OpenResult;
import dev.tokenlife.testing.CountingStore;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class OpeningTest {
  private static final OpenRequest REQUEST =
      OpenRequest.of(ROOM, "ENTRY", "ann").named("door", "open-1");

  private final Stage stage = new Stage();

  @Test
  void opening_showsTheFirstToken_theSameThatItsHolderPolls() {
    OpenResult.Opened opened = opened(REQUEST);
    LiveToken token = opened.token().orElseThrow();
    assertThat(live(stage.chains.poll(opened.chain(), "ann"))).isEqualTo(token);
  }

  @Test
  void repeatedOpening_showsTheFirstTokenAgain_whileItIsLive() {
    Optional<LiveToken> first = opened(REQUEST).token();
    assertThat(opened(REQUEST).token()).isEqualTo(first);
  }

  @Test
  void repeatedOpening_neverShowsATokenOfALaterHolder() {
    ChainKey key = opened(REQUEST).chain();
    LiveToken bobs = accepted(stage.chains.handOver(ROOM, stage.token(key, "ann"), "bob"));
    OpenResult.Opened again = opened(REQUEST);
    assertThat(again.repeat()).isTrue();
    assertThat(again.token()).isEmpty();
    assertThat(again.toString()).doesNotContain(bobs.token().reveal());
  }

  @Test
  void repeatedOpening_showsNothing_ofASuspendedExpiredOrClosedChain() {
    ChainKey key = opened(REQUEST).chain();
    stage.chains.suspend(key);
    assertThat(opened(REQUEST).token()).as("suspended").isEmpty();
    stage.chains.resume(key);
    stage.pass(Stage.TTL);
    assertThat(opened(REQUEST).token()).as("expired").isEmpty();
    stage.chains.close(key, null);
    assertThat(opened(REQUEST).token()).as("closed").isEmpty();
  }

  @Test
  void openingInThePast_isRefused_andOpensNothing() {
    OpenRequest request = REQUEST.until(stage.time.instant());
    assertThatIllegalArgumentException().isThrownBy(() -> stage.chains.open(request));
    assertThat(stage.store.all()).isEmpty();
  }

  @Test
  void unknownType_isRefused_andTheKnownOnesNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> stage.chains.open(ROOM, "EXAM", "ann"))
        .withMessageContaining("EXAM")
        .withMessageContaining("ENTRY");
  }

  @Test
  void manyChains_areOneBatch() {
    CountingStore counting = CountingStore.around(stage.store);
    List<OpenRequest> requests =
        IntStream.range(0, 100)
            .mapToObj(number -> OpenRequest.of(ROOM, "ENTRY", "s" + number))
            .toList();
    List<OpenResult> results = stage.node(counting).build().openAll(requests);
    assertThat(results).hasSize(100);
    assertThat(counting.total()).isEqualTo(1);
    for (int i = 0; i < 100; i++) {
      ChainKey key = ((OpenResult.Opened) results.get(i)).chain();
      assertThat(live(stage.chains.poll(key, "s" + i)).generation()).isEqualTo(1);
    }
    assertThat(stage.chains.openAll(List.of())).isEmpty();
  }

  @Test
  void oneChain_isOneInsert() {
    CountingStore counting = CountingStore.around(stage.store);
    stage.node(counting).build().open(ROOM, "ENTRY", "ann");
    assertThat(counting.total()).isEqualTo(1);
  }

  @Test
  void twoHolders_ofOneChainEach_seeTheirOwn() {
    stage.chains.open(ROOM, "ENTRY", "ann");
    ChainKey bobs = stage.chains.open(ROOM, "SCREEN", "bob");
    assertThat(stage.chains.pollHolder(ROOM, "bob"))
        .singleElement()
        .satisfies(token -> assertThat(token.chain()).isEqualTo(bobs));
    assertThat(stage.chains.pollHolder("session-8", "bob")).isEmpty();
  }

  private OpenResult.Opened opened(OpenRequest request) {
    OpenResult result = stage.chains.open(request);
    assertThat(result).isInstanceOf(OpenResult.Opened.class);
    return (OpenResult.Opened) result;
  }
}
