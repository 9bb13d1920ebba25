package dev.tokenlife.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.Tokens;
import dev.tokenlife.TokensBuilder;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.Secret;
import dev.tokenlife.spi.Demand;
import dev.tokenlife.spi.FetchRequest;
import dev.tokenlife.spi.FetchedToken;
import dev.tokenlife.spi.RefreshEngine;
import dev.tokenlife.spi.Shards;
import dev.tokenlife.spi.TokenEvent;
import dev.tokenlife.spi.TokenStore;
import dev.tokenlife.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The laws of processes that divide their work through one store: several instances in one JVM, in
 * virtual time. Extend it and return a new, empty store that has leases.
 *
 * <p>Each instance gets a decorated view of the store and runs on the thread that moves the time.
 */
public abstract class TokenShardingContract {
  private static final Duration BEAT = Duration.ofSeconds(3);
  private static final int CHAINS = 100;

  private final VirtualTime time = new VirtualTime();
  private final List<Node> nodes = new ArrayList<>();
  private final ScriptedSource source = ScriptedSource.singleUse("upstream", Duration.ZERO, time);
  private TokenStore store = ReferenceStore.shared();

  /** Returns an empty store that has leases; called before each test. */
  protected abstract TokenStore newStore();

  /** Returns a new engine that refreshes ahead; a simple one by default. */
  protected RefreshEngine newEngine() {
    return TimerEngine.create();
  }

  /**
   * Returns how long tokens live: an hour. A store to which a call is a request over a network may
   * return less, so that less time has to pass; 10 minutes at least, beside leases of 15 seconds.
   */
  protected Duration lifetime() {
    return Duration.ofHours(1);
  }

  @BeforeEach
  final void openStore() {
    store = newStore();
    source.otherwise(request -> FetchedToken.of("access-" + source.calls(), lifetime()));
  }

  @AfterEach
  final void closeAll() {
    nodes.forEach(Node::close);
    store.close();
  }

  @Test
  final void alone_aMemberOwnsEveryShard_fromItsFirstHeartbeat() {
    Node a = join("a");
    assertThat(a.shards()).hasSize(Shards.COUNT);
  }

  @Test
  final void whoJoins_getsItsShare_andNoShardEverHasTwoOwners() {
    Node a = join("a");
    Node b = join("b");
    assertThat(b.shards()).isEmpty();
    pass(Duration.ofSeconds(9));
    assertThat(a.shards()).hasSize(Shards.COUNT / 2);
    assertThat(b.shards()).hasSize(Shards.COUNT / 2);
    Node c = join("c");
    pass(Duration.ofSeconds(12));
    assertThat(owned()).hasSize(Shards.COUNT);
    for (Node node : nodes) {
      assertThat(node.shards()).hasSizeLessThanOrEqualTo((Shards.COUNT + 2) / 3);
    }
    assertThat(c.members()).hasSize(3);
  }

  @Test
  final void whoLeaves_isReplacedWithinSixSeconds() {
    Node a = join("a");
    Node b = join("b");
    pass(Duration.ofSeconds(9));
    b.close();
    pass(Duration.ofSeconds(6));
    assertThat(a.shards()).hasSize(Shards.COUNT);
    assertThat(a.members()).containsExactly(a.incarnation());
  }

  @Test
  final void whoDies_isReplacedWithin25Seconds_andItsDueChainsAreRefreshedByThen() {
    Node a = join("a");
    Node b = join("b");
    pass(Duration.ofSeconds(9));
    signInAll(a);
    pass(firstDue().minusSeconds(30));
    b.kill();
    pass(Duration.ofSeconds(25));
    assertThat(a.shards()).hasSize(Shards.COUNT);
    pass(allDue().minus(firstDue()));
    assertRefreshedOnce();
  }

  @Test
  final void whoWasPaused_isSomebodyElseAfterwards_andSendsNothingUnderItsOldName() {
    Node a = join("a");
    Node b = join("b");
    pass(Duration.ofSeconds(9));
    signInAll(a);
    pass(firstDue().minusSeconds(60));
    String before = b.incarnation();
    b.time().pause();
    pass(Duration.ofSeconds(60));
    assertThat(a.shards()).hasSize(Shards.COUNT);
    assertThat(b.shards()).as("it knows that its lease is over").isEmpty();
    b.time().resume();
    pass(Duration.ofSeconds(12));
    assertThat(b.incarnation()).isNotEqualTo(before);
    assertThat(b.shards()).hasSize(Shards.COUNT / 2);
    assertThat(owned()).hasSize(Shards.COUNT);
    pass(allDue().minus(firstDue()));
    assertRefreshedOnce();
  }

  @Test
  final void everyDueChain_isRefreshedOnce_byTheOwnerOfItsShard() {
    Node a = join("a");
    Node b = join("b");
    Node c = join("c");
    pass(Duration.ofSeconds(15));
    signInAll(a);
    pass(allDue());
    assertRefreshedOnce();
    assertRefreshedByOwners(a, b, c);
  }

  @Test
  final void whoGivesAShardUp_leavesItsChainsToTheNewOwner() {
    Node a = join("a");
    signInAll(a);
    Node b = join("b");
    pass(allDue());
    assertRefreshedOnce();
    assertRefreshedByOwners(a, b);
  }

  @Test
  final void theRefreshesGoOn_cycleAfterCycle_whileMembersComeAndGo() {
    Node a = join("a");
    signInAll(a);
    for (int cycle = 0; cycle < 2; cycle++) {
      Node guest = join("guest-" + cycle);
      pass(lifetime().multipliedBy(5).dividedBy(12));
      guest.close();
      pass(lifetime().multipliedBy(5).dividedBy(12));
    }
    for (int i = 0; i < CHAINS; i++) {
      long left = a.tokens().get(user(i)).expiresAtMillis() - time.wallMillis();
      assertThat(left).as("life of %s", user(i)).isPositive();
    }
    assertThat(source.secondUses()).isEmpty();
    assertThat(a.events().events(TokenEvent.Type.CLAIM_ABANDONED)).isEmpty();
  }

  @Test
  final void aHeartbeat_isOneWriteAndOnePage() {
    Node a = join("a");
    Node b = join("b");
    pass(Duration.ofSeconds(15));
    signInAll(a);
    a.counted().reset();
    pass(Duration.ofSeconds(30));
    assertThat(a.counted().count(StoreCall.PUT_LEASE)).isEqualTo(10);
    assertThat(a.counted().count(StoreCall.READ_LEASES)).isEqualTo(10);
    assertThat(b.counted().count(StoreCall.REMOVE_LEASE)).isZero();
  }

  @Test
  final void aStoreThatIsDownForAMoment_costsNobodyItsMembership() {
    Node a = join("a");
    Node b = join("b");
    pass(Duration.ofSeconds(9));
    String before = b.incarnation();
    b.store().breakRandomly(1, 1.0, StoreFault.UNAVAILABLE);
    pass(Duration.ofSeconds(9));
    b.store().heal();
    pass(Duration.ofSeconds(9));
    assertThat(b.incarnation()).isEqualTo(before);
    assertThat(a.shards()).hasSize(Shards.COUNT / 2);
  }

  @Test
  final void aHeartbeatWhoseAnswerIsLost_isRecognised() {
    Node a = join("a");
    pass(BEAT);
    String before = a.incarnation();
    a.store().breakNext(StoreCall.PUT_LEASE, StoreFault.ANSWER_LOST);
    pass(Duration.ofSeconds(9));
    assertThat(a.incarnation()).isEqualTo(before);
    assertThat(a.shards()).hasSize(Shards.COUNT);
  }

  @Test
  final void aCallUnderALease_hasTimeForItsAnswer_elseItWaitsForAHeartbeat() {
    Node a = join("a");
    signInAll(a);
    pass(BEAT);
    for (int beat = 0; beat < 3; beat++) {
      a.store().breakNext(StoreCall.PUT_LEASE, StoreFault.UNAVAILABLE);
      pass(BEAT);
    }
    pass(Duration.ofMillis(2_500));
    var refresh = a.tokens().refresh(user(0), Demand.BACKGROUND);
    pass(BEAT);
    assertThat(refresh).isCompleted();
    assertThat(source.requests())
        .singleElement()
        .extracting(FetchRequest::deadline, InstanceOfAssertFactories.DURATION)
        .isGreaterThanOrEqualTo(Duration.ofSeconds(2));
  }

  /** Returns the chain of a user. */
  protected static ChainKey user(int i) {
    return ChainKey.of("music", "user-" + i);
  }

  private Node join(String name) {
    UnaryOperator<TokensBuilder> shared = builder -> builder.sharedAs(name);
    Node node = Node.start(name, store, time, source, newEngine(), shared);
    nodes.add(node);
    return node;
  }

  /** Returns the age at which the first tokens are due: two thirds of their life. */
  private Duration firstDue() {
    return lifetime().multipliedBy(2).dividedBy(3);
  }

  /** Returns the age at which the last token was refreshed, looks at what is due included. */
  private Duration allDue() {
    return lifetime().multipliedBy(47).dividedBy(60).plusSeconds(15);
  }

  private void signInAll(Node node) {
    Tokens tokens = node.tokens();
    for (int i = 0; i < CHAINS; i++) {
      Secret refresh = Secret.of("refresh-of-" + i);
      tokens.adopt(
          user(i), "grant", FetchedToken.of("t" + i, lifetime()).withRefreshToken(refresh));
    }
  }

  /** Lets time pass; in no moment may a shard have two owners. */
  private void pass(Duration duration) {
    long steps = duration.toMillis() / 500;
    for (long i = 0; i < steps; i++) {
      time.advance(Duration.ofMillis(500));
      if (duration.compareTo(Duration.ofMinutes(1)) < 0 || i % 20 == 0) {
        var unused = owned();
      }
    }
  }

  private Set<Object> owned() {
    Set<Object> owned = new HashSet<>();
    for (Node node : nodes) {
      for (Object shard : node.shards()) {
        assertThat(owned.add(shard)).as("shard %s has one owner", shard).isTrue();
      }
    }
    return owned;
  }

  private static void assertRefreshedByOwners(Node... nodes) {
    for (Node node : nodes) {
      List<TokenEvent> refreshed = node.events().events(TokenEvent.Type.REFRESHED);
      assertThat(refreshed).hasSizeGreaterThan(CHAINS / 6);
      for (TokenEvent event : refreshed) {
        assertThat(node.shards()).contains(Shards.of(event.key()));
      }
    }
  }

  private void assertRefreshedOnce() {
    assertThat(source.calls()).isEqualTo(CHAINS);
    Set<ChainKey> refreshed = new HashSet<>();
    source.requests().forEach(request -> refreshed.add(request.key()));
    assertThat(refreshed).hasSize(CHAINS);
    assertThat(source.secondUses()).isEmpty();
  }
}
