package dev.tokenlife.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.Chains;
import dev.tokenlife.PullEngine;
import dev.tokenlife.Tokens;
import dev.tokenlife.azure.emulator.Azurite;
import dev.tokenlife.azure.emulator.AzuriteExtension;
import dev.tokenlife.azure.emulator.WithAzurite;
import dev.tokenlife.backup.Backup;
import dev.tokenlife.backup.BackupReport;
import dev.tokenlife.backup.Restore;
import dev.tokenlife.crypto.KeyRing;
import dev.tokenlife.memory.MemoryTokenStore;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainPolicy;
import dev.tokenlife.model.HandOverResult;
import dev.tokenlife.model.LiveToken;
import dev.tokenlife.model.PollResult;
import dev.tokenlife.model.Refusal;
import dev.tokenlife.model.Secret;
import dev.tokenlife.spi.FetchedToken;
import dev.tokenlife.spi.Lease;
import dev.tokenlife.spi.TokenStore;
import dev.tokenlife.testing.FullRows;
import dev.tokenlife.testing.ScriptedSource;
import dev.tokenlife.time.VirtualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A service moves from one store to another, and goes on: the same laws whichever they are. */
@WithAzurite
final class BackupTest {
  private static final ChainKey BANK = ChainKey.of("bank", FullRows.ODD);
  private static final String ROOM = "room " + FullRows.ODD;
  private static final String CANARY = "canary-refresh-4b8a";

  @TempDir Path directory = Path.of("");
  private final VirtualTime time = new VirtualTime();
  private final KeyRing ring = KeyRing.of(1, KeyRing.newKey());
  private final ScriptedSource upstream = ScriptedSource.create();

  /** From where to where. */
  private record Move(String name, Supplier<TokenStore> source, Supplier<TokenStore> target) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Move> moves() {
    Supplier<TokenStore> memory = MemoryTokenStore::create;
    Supplier<TokenStore> azure = () -> azure(4);
    return Stream.of(
        new Move("memory to memory", memory, memory),
        new Move("memory to azure", memory, azure),
        new Move("azure to memory", azure, memory),
        new Move("azure to azure", azure, () -> azure(7)));
  }

  private static TokenStore azure(int slices) {
    Azurite azurite = AzuriteExtension.shared();
    return Stores.ready(Stores.builder(azurite).spread("bank", slices));
  }

  private Chains chains(TokenStore store) {
    return Chains.builder()
        .store(store)
        .keys(ring)
        .time(time)
        .executor(Runnable::run)
        .type("ENTRY", ChainPolicy.builder("entry", Duration.ofMinutes(10)).effects(true).build())
        .type("ONCE", ChainPolicy.builder("once", Duration.ofMinutes(10)).onceEach(true).build())
        .build();
  }

  private Tokens tokens(TokenStore store) {
    return Tokens.builder()
        .source(upstream)
        .engine(PullEngine.create())
        .store(store)
        .keys(ring)
        .time(time)
        .executor(Runnable::run)
        .build();
  }

  private BackupReport move(TokenStore source, TokenStore target) {
    Path file = directory.resolve("backup.jsonl");
    BackupReport written = Backup.of(source).writeTo(file);
    assertThat(Restore.into(target).from(file)).isEqualTo(written);
    return written;
  }

  @ParameterizedTest
  @MethodSource("moves")
  void anIssuedChain_showsANewToken_andAnOldOneVerifiesNoMore(Move move) {
    TokenStore source = move.source.get();
    TokenStore target = move.target.get();
    Chains before = chains(source);
    ChainKey key = before.open(ROOM, "ENTRY", "ann");
    Secret first = live(before, key, "ann").token();
    assertThat(before.handOver(ROOM, first.reveal(), "ben"))
        .isInstanceOf(HandOverResult.Accepted.class);
    Secret old = live(before, key, "ben").token();
    move(source, target);

    Chains after = chains(target);
    for (Secret token : new Secret[] {first, old}) {
      assertThat(after.handOver(ROOM, token.reveal(), "cem"))
          .isEqualTo(new HandOverResult.Refused(Refusal.INVALID));
    }
    assertThat(after.pollHolder(ROOM, "ben")).extracting(LiveToken::chain).containsExactly(key);
    assertThat(after.pollHolder(ROOM, "ann")).isEmpty();
    LiveToken shown = live(after, key, "ben");
    assertThat(shown.seq()).isEqualTo(1);
    assertThat(after.handOver(ROOM, shown.token().reveal(), "cem"))
        .isInstanceOf(HandOverResult.Accepted.class);
    assertThat(after.effects().read(ROOM, 10)).extracting(effect -> effect.seq()).contains(1L, 2L);
  }

  @ParameterizedTest
  @MethodSource("moves")
  void whoeverHeldAChainBefore_isStillKnown(Move move) {
    TokenStore source = move.source.get();
    TokenStore target = move.target.get();
    Chains before = chains(source);
    ChainKey key = before.open(ROOM, "ONCE", "ann");
    before.handOver(ROOM, live(before, key, "ann").token().reveal(), "ben");
    move(source, target);
    Chains after = chains(target);
    String shown = live(after, key, "ben").token().reveal();
    assertThat(after.handOver(ROOM, shown, "ann"))
        .isEqualTo(new HandOverResult.Refused(Refusal.NOT_ELIGIBLE));
    assertThat(after.handOver(ROOM, shown, "cem")).isInstanceOf(HandOverResult.Accepted.class);
  }

  @ParameterizedTest
  @MethodSource("moves")
  void aFetchedChain_goesOn_isFoundWhenDue_andItsSecretsStaySealed(Move move) throws IOException {
    TokenStore source = move.source.get();
    TokenStore target = move.target.get();
    Tokens before = tokens(source);
    FetchedToken grant =
        FetchedToken.of("canary-access-4b8a", Duration.ofHours(1))
            .withRefreshToken(Secret.of(CANARY));
    before.adopt(BANK, "grant", grant);
    before.close();
    move(source, target);
    assertThat(Files.readString(directory.resolve("backup.jsonl")))
        .doesNotContain("canary")
        .contains("s1.1.");

    Tokens after = tokens(target);
    assertThat(after.get(BANK).bearer()).isEqualTo("Bearer canary-access-4b8a");
    assertThat(upstream.calls()).isZero();
    assertThat(target.due().planned()).isEqualTo(1);
    long soon = time.wallMillis() + 7_200_000;
    assertThat(target.due().dueBefore(soon, Optional.empty(), 10).items())
        .extracting(due -> due.key())
        .containsExactly(BANK);
    time.advance(Duration.ofMinutes(59));
    assertThat(after.get(BANK).bearer()).isEqualTo("Bearer access-1");
    assertThat(upstream.requests().get(0).refreshToken()).contains(Secret.of(CANARY));
    after.close();
  }

  @ParameterizedTest
  @MethodSource("moves")
  void shardsAreFree_underHigherEpochs(Move move) {
    TokenStore source = move.source.get();
    TokenStore target = move.target.get();
    source.leases().orElseThrow().put(new Lease("s:001", "a", 7, "", ""));
    target.leases().orElseThrow().put(new Lease("s:002", "b", 3, "", ""));
    target.leases().orElseThrow().put(new Lease("m:b", "host", 5, "", ""));
    move(source, target);
    assertThat(target.leases().orElseThrow().all())
        .extracting(lease -> lease.name() + lease.owner() + " " + lease.counter())
        .containsExactlyInAnyOrder("s:001 8", "s:002 4");
  }

  private static LiveToken live(Chains chains, ChainKey key, String holder) {
    PollResult result = chains.poll(key, holder);
    assertThat(result).isInstanceOf(PollResult.Live.class);
    return ((PollResult.Live) result).token();
  }
}
