package dev.tokenlife.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tokenlife.model.AccessToken;
import dev.tokenlife.model.AdminResult;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainState;
import dev.tokenlife.model.TokenUnavailableException;
import dev.tokenlife.spi.Demand;
import dev.tokenlife.spi.FetchedToken;
import dev.tokenlife.spi.StoreException;
import dev.tokenlife.testing.Node;
import dev.tokenlife.testing.ProcessKilled;
import dev.tokenlife.testing.StoreFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One history: as many steps as the seed says, then peace, then the account. */
final class Simulation {
  private static final StoreFault[] FAULTS = StoreFault.values();

  private final long seed;
  private final SplittableRandom random;
  private final World world;
  private final List<Asked> asked = new ArrayList<>();
  private int signIns;

  Simulation(long seed) {
    this.seed = seed;
    this.random = new SplittableRandom(seed);
    this.world = new World(random.split());
    world.between(this::step, this::rival);
  }

  /**
   * Plays it.
   *
   * @return what happened, in lines that are the same for the same seed
   * @throws AssertionError with the seed and the history, if a law was broken
   */
  List<String> run() {
    try {
      for (ChainKey key : World.KEYS) {
        attempt(() -> signIn(world.nodes.get(0), key));
      }
      for (int steps = 20 + random.nextInt(60); steps > 0; steps--) {
        step();
      }
      new Aftermath(world, asked, random).judge();
      return world.notes();
    } catch (AssertionError | RuntimeException broken) {
      throw new AssertionError(
          "seed " + seed + ": " + broken.getMessage() + "\n" + String.join("\n", world.notes()),
          broken);
    } finally {
      Thread.interrupted();
      world.nodes.forEach(node -> node.tokens().close(Duration.ZERO));
    }
  }

  private void step() {
    Node node = world.nodes.get(random.nextInt(world.nodes.size()));
    ChainKey key = World.KEYS.get(random.nextInt(World.KEYS.size()));
    attempt(() -> act(node, key, random.nextInt(100)));
    if (random.nextInt(4) != 0) {
      world.work();
    }
  }

  /** A refusal is no surprise here, and a process may die of anything. */
  private void attempt(Runnable act) {
    try {
      act.run();
    } catch (ProcessKilled killed) {
      world.note("  killed at a store call");
    } catch (StoreException | TokenUnavailableException refused) {
      world.note("  refused: " + refused.getClass().getSimpleName());
    }
    world.bury();
    world.judge.verdict();
  }

  /** Others want the same token while it is being fetched, and the fetching takes its time. */
  private void rival(Call call) {
    Node node = world.nodes.get(random.nextInt(world.nodes.size()));
    if (random.nextBoolean()) {
      note("rival", node, call.key);
      attempt(() -> keep(node, call.key, node.tokens().refresh(call.key, Demand.BLOCKED)));
    }
    if (random.nextInt(4) == 0) {
      attempt(() -> signIn(node, call.key));
    }
    if (random.nextBoolean()) {
      world.pass(Duration.ofMillis(random.nextInt(14_000)));
    }
    if (random.nextInt(8) == 0) {
      world.note("kill the caller");
      world.kill(call.node);
    }
  }

  private void act(Node node, ChainKey key, int dice) {
    if (dice < 30) {
      read(node, key);
    } else if (dice < 48) {
      pass();
    } else if (dice < 56) {
      note("refresh", node, key);
      keep(node, key, node.tokens().refresh(key, Demand.BLOCKED));
    } else if (dice < 62) {
      signIn(node, key);
    } else if (dice < 72) {
      administer(node, key, dice - 62);
    } else if (dice < 86) {
      breakStore(node);
    } else {
      disturb(node, dice - 86);
    }
  }

  private void read(Node node, ChainKey key) {
    note("read", node, key);
    keep(node, key, node.tokens().getAsync(key));
  }

  private void keep(Node node, ChainKey key, CompletableFuture<AccessToken> answer) {
    asked.add(
        new Asked(node, key, answer.whenComplete((token, failure) -> judge(node, key, token))));
  }

  private void judge(Node node, ChainKey key, @Nullable AccessToken token) {
    if (token != null && world.isAlive(node)) {
      world.judge.served(node, key, token);
    }
  }

  private void pass() {
    long millis =
        switch (random.nextInt(4)) {
          case 0 -> random.nextInt(2_000);
          case 1 -> random.nextInt(15_000);
          case 2 -> random.nextInt(120_000);
          default -> random.nextLong(world.provider.lifetime.toMillis());
        };
    world.note("pass " + millis + " ms");
    world.pass(Duration.ofMillis(millis));
  }

  private void signIn(Node node, ChainKey key) {
    String grant = "grant-" + ++signIns;
    FetchedToken token = world.provider.signIn();
    note("sign in " + grant, node, key);
    boolean unused = node.tokens().adopt(key, grant, token);
  }

  private void administer(Node node, ChainKey key, int dice) {
    if (dice < 4) {
      var known = node.tokens().getIfFresh(key);
      note("invalidate " + known.isPresent(), node, key);
      known.ifPresent(token -> node.tokens().invalidate(key, token));
    } else if (dice < 6) {
      note("suspend", node, key);
      stopped(node, key, node.tokens().suspend(key));
    } else if (dice < 9 || random.nextInt(3) != 0) {
      note("resume", node, key);
      AdminResult unused = node.tokens().resume(key);
    } else {
      note("close", node, key);
      stopped(node, key, node.tokens().close(key, "left"));
    }
  }

  /** I5: the process that stopped a chain yields nothing from then on. */
  private void stopped(Node node, ChainKey key, AdminResult result) {
    // Somebody may have signed in since.
    if (result instanceof AdminResult.Done && world.row(key).state() != ChainState.ACTIVE) {
      assertThat(node.tokens().getIfFresh(key)).as("I5: %s of %s", key, node).isEmpty();
    }
  }

  private void breakStore(Node node) {
    if (random.nextInt(4) == 0) {
      note("store down", node, World.KEYS.get(0));
      node.store().breakRandomly(random.nextLong(), 0.8, StoreFault.UNAVAILABLE);
      return;
    }
    StoreFault fault = FAULTS[random.nextInt(FAULTS.length)];
    long call = node.store().calls() + 1 + random.nextInt(4);
    world.note("break " + node + " at call " + call + ": " + fault);
    node.store().breakCall(call, fault);
  }

  private void disturb(Node node, int dice) {
    if (dice < 4) {
      world.note("heal " + node);
      node.store().heal();
    } else if (dice < 6) {
      world.note("delayed writes of " + node + " land");
      var unused = node.store().releaseDelayed();
    } else if (dice < 8) {
      world.note("kill " + node);
      world.kill(node);
    } else if (dice < 9) {
      world.note("restart " + node);
      world.restart(node);
    } else if (dice < 11) {
      world.note("pause " + node);
      node.time().pause();
    } else if (dice < 12) {
      world.note("go on " + node);
      node.time().resume();
    } else {
      long millis = random.nextLong(-3_600_000, 3_600_000) / (random.nextBoolean() ? 1 : 600);
      world.note("step the clock of " + node + " by " + millis + " ms");
      node.time().stepWall(Duration.ofMillis(millis));
    }
  }

  private void note(String what, Node node, ChainKey key) {
    world.note(what + " " + node + " " + key.id());
  }
}
