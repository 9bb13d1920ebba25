package dev.tokenlife.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.AccessToken;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.Claim;
import dev.tokenlife.model.Failure;
import dev.tokenlife.model.FailureKind;
import dev.tokenlife.model.Upstream;
import dev.tokenlife.testing.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds every row, every call and every answer against the laws of fetched chains. It is asked from
 * inside the library, which survives whatever is thrown there: the verdict is kept until somebody
 * asks for it.
 */
final class Judge {
  private static final Duration CALL_DEADLINE = Duration.ofSeconds(10);

  private final World world;
  private final List<Call> calls = new ArrayList<>();
  private final Set<String> claimsUsed = new HashSet<>();
  private final Set<String> refused = new HashSet<>();
  private final Set<String> claimsInDoubt = new HashSet<>();
  private final Map<String, Integer> resends = new HashMap<>();
  private final Map<Node, Map<ChainKey, Long>> seen = new HashMap<>();
  private @Nullable Throwable broken;

  Judge(World world) {
    this.world = world;
  }

  /**
   * Says whether all laws were kept so far.
   *
   * @throws AssertionError if one was broken
   */
  void verdict() {
    if (broken != null) {
      throw new AssertionError(broken.getMessage(), broken);
    }
  }

  void opened(ChainRow row) {
    hold(
        () ->
            assertThat(row.generation())
                .as("I4: generation of the new %s", row.key())
                .isBetween(0L, 1L));
  }

  void replaced(ChainRow before, ChainRow after) {
    hold(() -> judgeRow(before, after));
  }

  private void hold(Runnable law) {
    try {
      law.run();
    } catch (AssertionError | RuntimeException failed) {
      broken = broken == null ? failed : broken;
    }
  }

  private void judgeRow(ChainRow before, ChainRow after) {
    world.note("  row " + after.key().id() + " " + describe(after));
    assertThat(after.control().revision()).isEqualTo(before.control().revision() + 1);
    long step = after.generation() - before.generation();
    assertThat(step).as("I4: generations from %s to %s", before, after).isBetween(0L, 1L);
    Upstream old = before.upstream();
    Upstream now = after.upstream();
    boolean newGrant = now != null && (old == null || !old.grantId().equals(now.grantId()));
    if (before.state().isFinal()) {
      assertThat(after.state().isFinal() || (newGrant && step == 1))
          .as("I6: only a sign-in leads out of the end")
          .isTrue();
    }
    if (after.state().isFinal()) {
      assertThat(now)
          .as("a chain that is over keeps no more than its grant's name")
          .isEqualTo(now == null ? null : now.ended());
    }
    boolean newToken =
        now != null
            && now.accessToken() != null
            && (old == null || !now.accessToken().equals(old.accessToken()));
    assertThat(newToken).as("I4: a new token is a new generation").isEqualTo(step == 1);
    if (newToken && !newGrant && now != null) {
      storedByCall(before, after, now);
    }
    claimCleared(before, after);
    failureNoted(before, after);
  }

  /** I28: a grant fails for good only by a call that was made with it. */
  private void failureNoted(ChainRow before, ChainRow after) {
    Failure failure = after.failure();
    if (failure != null
        && failure.kind() == FailureKind.PERMANENT
        && !failure.equals(before.failure())) {
      assertThat(refused)
          .as("I28: failure of %s", after)
          .contains(after.key().id() + "@" + after.generation());
    }
  }

  void refusedForGood(Call call) {
    refused.add(call.key.id() + "@" + call.generation);
  }

  /** I28: a result counts only for the generation, and under the claim, it was asked for. */
  private void storedByCall(ChainRow before, ChainRow after, Upstream now) {
    Call call =
        calls.stream().filter(one -> one.mark().equals(now.scopes())).findFirst().orElseThrow();
    assertThat(after.generation()).as("I28: result of %s", call).isEqualTo(call.generation + 1);
    Claim claim = before.claim();
    assertThat(claim == null || claim.claimId().equals(call.claimId))
        .as("I28: %s stored while another's claim is set", call)
        .isTrue();
    assertThat(call.delivered).as("I28: %s was never answered", call).isTrue();
  }

  private void claimCleared(ChainRow before, ChainRow after) {
    Claim claim = before.claim();
    Failure failure = after.failure();
    if (claim != null && after.claim() == null && failure != null) {
      if (failure.kind() == FailureKind.AMBIGUOUS) {
        claimsInDoubt.add(claim.claimId());
      }
    }
  }

  /** I26: announced before it is made, once per claim, and never while the answer is kept. */
  Call called(int number, Node node, ChainKey key, long generation, @Nullable String refresh) {
    ChainRow row = world.row(key);
    Claim claim = row.claim();
    // A sign-in between the announcement and the call takes both the claim and the grant away.
    boolean announced = world.provider.isSingleUse() && row.generation() == generation;
    String claimId = announced && claim != null ? claim.claimId() : null;
    Call call = new Call(number, node, key, generation, refresh, claimId, world.time.nanos());
    world.note("  " + call + " sends " + refresh);
    if (announced) {
      hold(() -> judgeCall(call, row));
    }
    calls.add(call);
    return call;
  }

  private void judgeCall(Call call, ChainRow row) {
    assertThat(row.claim()).as("I26: %s is announced in the row", call).isNotNull();
    assertThat(claimsUsed.add(String.valueOf(call.claimId))).as("I26: one call per claim").isTrue();
    judgeRivals(call);
    judgeResend(call, row);
  }

  /** I26: two living processes never spend one refresh token side by side. */
  private void judgeRivals(Call call) {
    for (Call other : calls) {
      boolean underWay = !other.over && world.isAlive(other.node);
      if (underWay && other.key.equals(call.key) && other.generation == call.generation) {
        assertThat(Duration.ofNanos(call.startedNanos - other.startedNanos))
            .as("I26: %s beside %s", call, other)
            .isGreaterThanOrEqualTo(CALL_DEADLINE);
      }
    }
  }

  private void judgeResend(Call call, ChainRow row) {
    if (call.refreshToken == null) {
      return;
    }
    for (Call earlier : calls) {
      if (call.refreshToken.equals(earlier.refreshToken)
          && earlier.delivered
          && !world.wasKilled(earlier.node)) {
        assertThat(claimsInDoubt)
            .as("I26: %s sends again what %s has an answer to", call, earlier)
            .contains(String.valueOf(earlier.claimId));
      }
    }
    Failure failure = row.failure();
    if (failure != null && failure.generation() == row.generation()) {
      assertThat(failure.notBefore()).as("notBefore of %s", row).isLessThanOrEqualTo(lastAt(row));
      if (failure.kind() == FailureKind.AMBIGUOUS) {
        countResend(call, row);
      }
    }
  }

  private void countResend(Call call, ChainRow row) {
    Upstream upstream = row.upstream();
    String grant = upstream == null ? "" : call.key + upstream.grantId();
    int count = resends.merge(grant, 1, Integer::sum);
    assertThat(upstream == null ? 0 : upstream.resends())
        .as("I26: resends of %s are counted", call.key)
        .isGreaterThanOrEqualTo(count);
  }

  void delivered(Call call) {
    call.delivered = !world.wasKilled(call.node);
  }

  /** A reader of one process never gets an expired token, nor an older one than before. */
  void served(Node node, ChainKey key, AccessToken token) {
    hold(() -> judgeAnswer(node, key, token));
  }

  private void judgeAnswer(Node node, ChainKey key, AccessToken token) {
    assertThat(token.expiresAtMillis())
        .as("I17: token served by %s", node)
        .isGreaterThan(node.time().wallMillis());
    Long last = seen.computeIfAbsent(node, any -> new HashMap<>()).put(key, token.generation());
    assertThat(token.generation())
        .as("generation shown by %s", node)
        .isGreaterThanOrEqualTo(last == null ? 0 : last);
  }

  /**
   * I26: the refresh token a living process got is stored, unless the chain moved on or is over.
   */
  void nothingWasDropped() {
    for (Call call : calls) {
      if (call.refreshToken != null && call.delivered && world.isAlive(call.node)) {
        ChainRow row = world.row(call.key);
        assertThat(row.generation() != call.generation || row.state().isFinal())
            .as("I26: the result of %s is kept", call)
            .isTrue();
      }
    }
  }

  private static long lastAt(ChainRow row) {
    return row.control().lastAt();
  }

  private static String describe(ChainRow row) {
    Claim claim = row.claim();
    Failure failure = row.failure();
    return row.state()
        + " g"
        + row.generation()
        + (claim == null ? "" : " claimed")
        + (failure == null ? "" : " " + failure.kind() + "@" + failure.generation());
  }
}
