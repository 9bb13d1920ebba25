package dev.tokenlife.issuing;

import static dev.tokenlife.issuing.Stage.ROOM;

import dev.tokenlife.Chains;
import dev.tokenlife.crypto.ChainIds;
import dev.tokenlife.model.ChainKey;
import dev.tokenlife.model.ChainRow;
import dev.tokenlife.model.ChainState;
import dev.tokenlife.model.ChallengeResult;
import dev.tokenlife.model.OpenRequest;
import dev.tokenlife.model.OpenResult;
import dev.tokenlife.model.Presenter;
import dev.tokenlife.model.PreviousToken;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** One command that is going to be disturbed at each of its store calls. */
record Ordeal(String name, Function<Stage, Prepared> prepare) {
  private static final Presenter BOB = new Presenter("bob", "request-of-bob", null);

  /**
   * The command, ready to go.
   *
   * @param keys the chains it works on
   * @param act makes the request; making it again is the same request
   * @param done whether a row shows that it was done
   */
  record Prepared(List<ChainKey> keys, Function<Chains, Said> act, Predicate<ChainRow> done) {
    static Prepared of(ChainKey key, Function<Chains, Said> act, Predicate<ChainRow> done) {
      return new Prepared(List.of(key), act, done);
    }
  }

  static List<Ordeal> all() {
    return List.of(
        new Ordeal("open", Ordeal::open),
        new Ordeal("openAll", Ordeal::openAll),
        new Ordeal("poll", Ordeal::poll),
        new Ordeal("handOver", stage -> handOver(stage, "ENTRY")),
        new Ordeal("handOver once each", stage -> handOver(stage, "ONCE")),
        new Ordeal("handOver of a pushed chain", Ordeal::pushed),
        new Ordeal("challenge", Ordeal::challenge),
        new Ordeal("answer", Ordeal::answer),
        new Ordeal("reassign", Ordeal::reassign),
        new Ordeal("suspend", Ordeal::suspend),
        new Ordeal("resume", Ordeal::resume),
        new Ordeal("close", Ordeal::close),
        new Ordeal("revoke", Ordeal::revoke));
  }

  @Override
  public String toString() {
    return name;
  }

  private static Prepared open(Stage stage) {
    OpenRequest request = OpenRequest.of(ROOM, "ENTRY", "ann").named("door", "mine");
    return Prepared.of(
        ChainKey.of(ROOM, ChainIds.fromName("door")),
        node -> Said.of(node.open(request)),
        row -> row.origin().openRequestId().equals("mine"));
  }

  private static Prepared openAll(Stage stage) {
    List<String> names = List.of("door-1", "door-2", "door-3");
    List<OpenRequest> requests =
        names.stream()
            .map(name -> OpenRequest.of(ROOM, "ONCE", "ann").named(name, "mine"))
            .toList();
    return new Prepared(
        names.stream().map(name -> ChainKey.of(ROOM, ChainIds.fromName(name))).toList(),
        node -> worst(node.openAll(requests)),
        row -> row.origin().openRequestId().equals("mine"));
  }

  private static Said worst(List<OpenResult> results) {
    return results.stream().map(Said::of).max(Said::compareTo).orElseThrow();
  }

  private static Prepared poll(Stage stage) {
    ChainKey key = stage.named("ENTRY", "door");
    stage.pass(Stage.TTL);
    return Prepared.of(
        key,
        node -> Said.of(node.poll(key, "ann")),
        row -> row.previous() != null && row.previous().reason() == PreviousToken.Reason.ROTATED);
  }

  private static Prepared handOver(Stage stage, String type) {
    ChainKey key = stage.named(type, "door");
    String token = stage.token(key, "ann");
    return Prepared.of(
        key,
        node -> Said.of(node.handOver(ROOM, token, BOB)),
        row -> "bob".equals(row.position().holder()));
  }

  /** Decided from the row that the subscription remembers. */
  private static Prepared pushed(Stage stage) {
    ChainKey key = stage.named("ENTRY", "door");
    String token = stage.token(key, "ann");
    return Prepared.of(
        key,
        node -> {
          AutoCloseable unused = node.subscribe(key, "ann", new Watcher());
          return Said.of(node.handOver(ROOM, token, BOB));
        },
        row -> "bob".equals(row.position().holder()));
  }

  private static Prepared challenge(Stage stage) {
    ChainKey key = stage.named("CODED", "door");
    String token = stage.token(key, "ann");
    return Prepared.of(
        key,
        node -> Said.of(node.challenge(ROOM, token, "bob")),
        row -> row.challenges().stream().anyMatch(slot -> slot.scanner().equals("bob")));
  }

  private static Prepared answer(Stage stage) {
    ChainKey key = stage.named("CODED", "door");
    ChallengeResult.Given given =
        Stage.given(stage.chains.challenge(ROOM, stage.token(key, "ann"), "bob"));
    String code = stage.code(key, "ann", "bob");
    return Prepared.of(
        key,
        node -> Said.of(node.answer(key, given.challengeId(), code, "bob")),
        row -> "bob".equals(row.position().holder()));
  }

  private static Prepared reassign(Stage stage) {
    ChainKey key = stage.named("ENTRY", "door");
    return Prepared.of(
        key,
        node -> Said.of(node.reassign(key, "bob", "request-of-the-desk")),
        row -> "bob".equals(row.position().holder()));
  }

  private static Prepared suspend(Stage stage) {
    ChainKey key = stage.named("ENTRY", "door");
    return Prepared.of(
        key, node -> Said.of(node.suspend(key)), row -> row.state() == ChainState.SUSPENDED);
  }

  private static Prepared resume(Stage stage) {
    ChainKey key = stage.named("ENTRY", "door");
    stage.chains.suspend(key);
    return Prepared.of(
        key,
        node -> Said.of(node.resume(key)),
        row -> row.state() == ChainState.ACTIVE && row.generation() > 1);
  }

  private static Prepared close(Stage stage) {
    ChainKey key = stage.named("ENTRY", "door");
    return Prepared.of(
        key, node -> Said.of(node.close(key, "mine")), row -> row.state() == ChainState.CLOSED);
  }

  private static Prepared revoke(Stage stage) {
    ChainKey key = stage.named("ENTRY", "door");
    return Prepared.of(
        key, node -> Said.of(node.revoke(key, "mine")), row -> row.state() == ChainState.REVOKED);
  }
}
