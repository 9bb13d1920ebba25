package dev.tokenlife.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.HttpRequest;
import com.azure.data.tables.sas.TableAccountSasPermission;
import com.azure.data.tables.sas.TableAccountSasResourceType;
import com.azure.data.tables.sas.TableAccountSasService;
import com.azure.data.tables.sas.TableAccountSasSignatureValues;
import dev.tokenlife.PullEngine;
import dev.tokenlife.TokensBuilder;
import dev.tokenlife.model.AccessToken;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.Secret;
import dev.tokenlife.spi.Demand;
import dev.tokenlife.spi.FetchedToken;
import dev.tokenlife.spi.RefreshEngine;
import dev.tokenlife.spi.Shards;
import dev.tokenlife.spi.StoreException.Kind;
import dev.tokenlife.spi.TokenEvent;
import dev.tokenlife.spi.TokenStore;
import dev.tokenlife.testing.Node;
import dev.tokenlife.testing.Race;
import dev.tokenlife.testing.ScriptedSource;
import dev.tokenlife.testing.StoreCall;
import dev.tokenlife.testing.StoreFault;
import dev.tokenlife.testing.TimerEngine;
import dev.tokenlife.time.VirtualTime;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Processes that share the tables and die, sleep, lose their credential or their clock. */
final class SharedFaultTest extends FaultCase {
  private static final ChainKey ANN = ChainKey.of("music", "ann");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration LEASE_AND_MORE = Duration.ofSeconds(25);

  private final VirtualTime time = new VirtualTime();
  private final List<Node> nodes = new ArrayList<>();
  private ScriptedSource source = ScriptedSource.singleUse("music", Duration.ZERO, time);

  @AfterEach
  void closeNodes() {
    nodes.forEach(Node::close);
  }

  // Fault 17: the signature ends while the process runs.
  @Test
  void whoseCredentialEnds_losesItsLeaseCleanly_andServesWhatIsUsable() {
    AzureTokenStore signed = signedFor(Duration.ofSeconds(8));
    Node a = shared("a", signed, PullEngine.create());
    Node b = shared("b", rival, PullEngine.create());
    pass(Duration.ofSeconds(9));
    assertThat(a.shards()).hasSize(Shards.COUNT / 2);
    signIn(a, ANN);
    AccessToken usable = a.tokens().get(ANN);
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> failing(Kind.UNAUTHORIZED, () -> signed.find(ANN)));
    pass(LEASE_AND_MORE);
    assertThat(a.shards()).isEmpty();
    assertThat(b.shards()).hasSize(Shards.COUNT);
    assertThat(b.members()).containsExactly(b.incarnation());
    assertThat(a.tokens().get(ANN)).isSameAs(usable);
    pass(Duration.ofMinutes(1));
    assertThat(b.tokens().get(ANN).value()).isEqualTo(usable.value());
  }

  // Fault 29: a process dies between its claim and its result.
  @Test
  void aClaimThatADeadProcessLeft_isTakenOver_onceItsLeaseIsOver() {
    source = ScriptedSource.singleUse("music", Duration.ofMinutes(2), time);
    Node a = shared("a", store, PullEngine.create());
    Node b = shared("b", rival, PullEngine.create());
    pass(Duration.ofSeconds(9));
    signIn(a, ANN);
    long replaces = a.store().calls(StoreCall.REPLACE);
    a.store().breakCall(StoreCall.REPLACE, replaces + 1, StoreFault.KILLED_AFTER);
    var unused = refresh(a);
    a.kill();
    assertThat(row().claim()).isNotNull();
    CompletableFuture<AccessToken> waiting = refresh(b);
    pass(Duration.ofSeconds(12));
    assertThat(waiting).as("the claim's owner may be alive").isNotDone();
    pass(LEASE_AND_MORE);
    assertThat(waiting.join().generation()).isEqualTo(2);
    assertThat(source.calls()).isEqualTo(1);
    assertThat(row().claim()).isNull();
  }

  // Faults 29 and 30: the claim was abandoned while the one who holds the answer slept.
  @Test
  void whoSleepsWithItsAnswer_findsTheRowChanged_andStillLosesNothing() {
    Node a = shared("a", store, PullEngine.create());
    Node b = shared("b", rival, PullEngine.create());
    pass(Duration.ofSeconds(9));
    signIn(a, ANN);
    List<CompletableFuture<AccessToken>> theirs = new ArrayList<>();
    List<Integer> refused = sleepBeforeStoring(a, () -> theirs.add(refresh(b)), LEASE_AND_MORE);
    CompletableFuture<AccessToken> answer = refresh(a);
    assertThat(refused).as("its first write").containsExactly(412);
    assertThat(b.events().events(TokenEvent.Type.CLAIM_ABANDONED)).hasSize(1);
    a.time().resume();
    pass(Duration.ofSeconds(5));
    assertThat(answer).isDone();
    assertThat(row().generation()).isEqualTo(2);
    assertThat(source.calls()).isEqualTo(1);
    assertThat(source.secondUses()).isEmpty();
    assertThat(b.tokens().refresh(ANN, Demand.BLOCKED).join().generation()).isEqualTo(3);
    assertThat(source.secondUses()).as("the received refresh token was kept").isEmpty();
  }

  // Fault 30: somebody else has the next generation already.
  @Test
  void whoSleepsTooLong_discardsItsAnswer_andGoesByTheRow() {
    source = ScriptedSource.create();
    Node a = shared("a", store, PullEngine.create());
    Node b = shared("b", rival, PullEngine.create());
    pass(Duration.ofSeconds(9));
    a.tokens().get(ANN);
    List<CompletableFuture<AccessToken>> theirs = new ArrayList<>();
    List<Integer> refused =
        sleepBeforeStoring(a, () -> theirs.add(refresh(b)), Duration.ofSeconds(60));
    CompletableFuture<AccessToken> mine = refresh(a);
    assertThat(refused).containsExactly(412);
    a.time().resume();
    pass(Duration.ofSeconds(5));
    Secret stored = theirs.get(0).join().value();
    assertThat(mine.join().value()).isEqualTo(stored);
    assertThat(row().generation()).isEqualTo(2);
    assertThat(a.tokens().get(ANN).value()).isEqualTo(stored);
  }

  // Fault 31: the lease was lost without anybody noticing, so two dispatch the same chain.
  @Test
  void whereTwoOwnAShard_aRefreshTokenIsSpentOnce_andEachGenerationIsWrittenOnce() {
    Node a = alone("a", store);
    Node b = alone("b", rival);
    signIn(a, ANN);
    b.tokens().get(ANN);
    for (int round = 1; round <= 10; round++) {
      time.advance(HOUR);
      List<CompletableFuture<AccessToken>> both =
          Race.of(2, i -> (i == 0 ? a : b).tokens().getAsync(ANN));
      pass(Duration.ofSeconds(10));
      assertThat(both).allMatch(CompletableFuture::isDone);
      assertThat(both.get(0).join().value()).isEqualTo(both.get(1).join().value());
      assertThat(row().generation()).isEqualTo(round + 1L);
    }
    assertThat(source.calls()).isEqualTo(10);
    assertThat(source.secondUses()).isEmpty();
  }

  // Fault 31, for a source that may be called twice.
  @Test
  void whereTwoOwnAShard_aSourceThatAllowsItIsCalledTwiceAtMost_andOneResultIsKept() {
    source = ScriptedSource.create();
    Node a = alone("a", store);
    Node b = alone("b", rival);
    a.tokens().get(ANN);
    b.tokens().get(ANN);
    int before = source.calls();
    time.advance(HOUR);
    List<CompletableFuture<AccessToken>> both =
        Race.of(2, i -> (i == 0 ? a : b).tokens().getAsync(ANN));
    pass(Duration.ofSeconds(10));
    assertThat(both.get(0).join().value()).isEqualTo(both.get(1).join().value());
    assertThat(source.calls() - before).isBetween(1, 2);
    assertThat(row().generation()).isEqualTo(2);
  }

  // Fault 32: clocks that are ten minutes apart.
  @Test
  void clocksTenMinutesApart_loseNothing_andRefreshNothingTwice() {
    Node fast = shared("fast", store, TimerEngine.create());
    Node slow = shared("slow", rival, TimerEngine.create());
    fast.time().stepWall(Duration.ofMinutes(5));
    slow.time().stepWall(Duration.ofMinutes(-5));
    pass(Duration.ofSeconds(9));
    assertThat(fast.shards()).hasSize(Shards.COUNT / 2);
    assertThat(slow.shards()).hasSize(Shards.COUNT / 2);
    List<ChainKey> keys = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      keys.add(ChainKey.of("music", "user-" + i));
      signIn(i % 2 == 0 ? fast : slow, keys.get(i), Duration.ofMinutes(30));
    }
    pass(Duration.ofMinutes(29));
    assertThat(source.calls()).isEqualTo(20);
    assertThat(source.secondUses()).isEmpty();
    for (ChainKey key : keys) {
      assertThat(rival.find(key).orElseThrow().row().generation()).isEqualTo(2);
    }
  }

  /** The next answer is held back while its process sleeps and something else happens. */
  private List<Integer> sleepBeforeStoring(Node sleeper, Runnable meanwhile, Duration asleep) {
    List<Integer> refused = new ArrayList<>();
    source.then(
        request -> {
          faults.next(
              1,
              SharedFaultTest::isChainWrite,
              (write, forward) -> {
                sleeper.time().pause();
                meanwhile.run();
                time.advance(asleep);
                var answer = forward.get();
                refused.add(answer.getStatusCode());
                return answer;
              });
          FetchedToken token = FetchedToken.of("slept-on", HOUR);
          return source.exclusive() ? token.withRefreshToken(Secret.of("slept-on-too")) : token;
        });
    return refused;
  }

  private static boolean isChainWrite(HttpRequest request) {
    return FaultPolicy.isReplace(request) && FaultPolicy.isChain(request);
  }

  private Node shared(String name, TokenStore on, RefreshEngine engine) {
    return start(name, on, engine, builder -> builder.sharedAs(name));
  }

  private Node alone(String name, TokenStore on) {
    return start(name, on, PullEngine.create(), builder -> builder);
  }

  private Node start(
      String name, TokenStore on, RefreshEngine engine, UnaryOperator<TokensBuilder> change) {
    Node node = Node.start(name, on, time, source, engine, change);
    nodes.add(node);
    return node;
  }

  private void signIn(Node node, ChainKey key) {
    signIn(node, key, HOUR);
  }

  private void signIn(Node node, ChainKey key, Duration life) {
    FetchedToken grant =
        FetchedToken.of("granted", life).withRefreshToken(Secret.of("first-of-" + key.id()));
    assertThat(node.tokens().adopt(key, "grant", grant)).isTrue();
  }

  private static CompletableFuture<AccessToken> refresh(Node node) {
    return node.tokens().refresh(ANN, Demand.BLOCKED);
  }

  private ChainRow row() {
    return rival.find(ANN).orElseThrow().row();
  }

  private void pass(Duration duration) {
    for (long gone = 0; gone < duration.toMillis(); gone += 500) {
      time.advance(Duration.ofMillis(500));
    }
  }

  private AzureTokenStore signedFor(Duration life) {
    String prefix = Stores.prefix();
    rival = Stores.ready(Stores.builder(azurite()).tablePrefix(prefix));
    OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
    String signature =
        azurite()
            .sdk()
            .generateAccountSas(
                new TableAccountSasSignatureValues(
                        now.plus(life),
                        TableAccountSasPermission.parse("raud"),
                        TableAccountSasService.parse("t"),
                        TableAccountSasResourceType.parse("sco"))
                    .setStartTime(now.minusDays(1)));
    return AzureTokenStore.builder()
        .sas(azurite().endpoint(), signature)
        .tablePrefix(prefix)
        .addPolicy(new PartitionKeyGuard())
        .build();
  }
}
