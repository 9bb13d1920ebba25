package dev.tokenlife.examples.cluster;

import dev.tokenlife.azure.AzureTokenStore;
import dev.tokenlife.examples.cluster.member.Claims;
import dev.tokenlife.examples.cluster.member.Emulator;
import dev.tokenlife.examples.cluster.member.Member;
import dev.tokenlife.examples.cluster.member.Members;
import dev.tokenlife.examples.cluster.node.NodeSettings;
import dev.tokenlife.examples.cluster.server.AuthorizationServer;
import dev.tokenlife.examples.cluster.step.Stage;
import dev.tokenlife.examples.cluster.step.Step;
import dev.tokenlife.examples.cluster.step.Steps;
import dev.tokenlife.examples.cluster.verdict.Ambiguity;
import dev.tokenlife.examples.cluster.verdict.Audit;
import dev.tokenlife.examples.cluster.verdict.Coordination;
import dev.tokenlife.examples.cluster.verdict.Verdict;
import dev.tokenlife.examples.cluster.view.Screen;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The whole run: start, rounds of steps, rest, audit. */
final class Cluster {
  private static final Duration CALM = Duration.ofSeconds(15);
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration SIGN_INS = Duration.ofMinutes(5);

  private final Options options;
  private final Path directory;

  Cluster(Options options, Path directory) {
    this.options = options;
    this.directory = directory;
  }

  Verdict run() throws IOException, InterruptedException {
    try (Emulator emulator = Emulator.start(directory.resolve("emulator"));
        AuthorizationServer server = new AuthorizationServer(options.lifetime());
        AzureTokenStore store = store(emulator);
        Members members = new Members(plan(emulator, server))) {
      store.initialize();
      Stage stage = new Stage(members, server.ledger(), new Claims(store));
      Coordination cost = new Coordination(members);
      Screen screen = new Screen(System.out, stage);
      screen.show();
      perform(stage, cost);
      stage.say("all leave");
      leaveAll(stage);
      stage.say("every grant is refreshed once more");
      Audit audit = new Audit(store, server.uri(), members.key(), options.grants());
      Set<String> lost = audit.lost(server.ledger());
      screen.hide();
      return new Verdict(stage, options.lifetime(), cost, lost);
    }
  }

  private void perform(Stage stage, Coordination cost) throws IOException, InterruptedException {
    Steps steps = new Steps(stage, options.pause());
    steps.fill(options.nodes());
    signIn(stage);
    stage.say("calm");
    cost.begin();
    stage.dwell(CALM);
    stage.await(
        "refreshes begin",
        options.lifetime(),
        () -> stage.ledger().refreshes() > options.grants() / 10);
    cost.end();
    long started = System.nanoTime();
    do {
      steps.fill(options.nodes());
      for (Step step : options.steps()) {
        steps.run(step);
      }
    } while (System.nanoTime() - started < options.length().toNanos()
        || stage.ledger().refreshes() < options.refreshes());
    stage.say("rest");
    stage.await(
        "every ambiguous grant is resolved",
        options.lifetime().multipliedBy(2),
        () -> ambiguity(stage).unresolved() == 0);
  }

  private void signIn(Stage stage) throws InterruptedException {
    stage.say(options.grants() + " persons sign in");
    List<Member> running = stage.members().running();
    int grants = options.grants();
    for (int i = 0; i < running.size(); i++) {
      running.get(i).signIn(i * grants / running.size(), (i + 1) * grants / running.size());
    }
    stage.await(
        "everybody has signed in", SIGN_INS, () -> stage.ledger().grants() == options.grants());
    running.forEach(Member::call);
  }

  private static void leaveAll(Stage stage) throws InterruptedException {
    for (Member member : stage.members().running()) {
      member.leave();
      if (!member.hasLeft(Duration.ofSeconds(15))) {
        stage.complain(member.name() + " did not leave in good order at the end");
      }
    }
  }

  private static Ambiguity ambiguity(Stage stage) {
    return new Ambiguity(stage.ledger(), stage.members().events(), stage.incidents());
  }

  private Members.Plan plan(Emulator emulator, AuthorizationServer server) {
    return new Members.Plan(
        emulator.port(),
        server.uri(),
        options.engine(),
        options.lifetime(),
        options.grants(),
        options.reads(),
        directory.resolve("logs"));
  }

  /** The launcher's own way to the store, patient with a busy machine. */
  private static AzureTokenStore store(Emulator emulator) {
    return AzureTokenStore.builder()
        .deadline(PATIENCE)
        .responseTimeout(PATIENCE.dividedBy(2))
        .connectionString(Emulator.connectionString(emulator.port()))
        .spread(NodeSettings.PARTITION, NodeSettings.SLICES)
        .build();
  }
}
