package dev.tokenlife.examples.cluster.member;

import dev.tokenlife.crypto.KeyRing;
import dev.tokenlife.examples.cluster.node.NodeMain;
import dev.tokenlife.examples.cluster.node.NodeSettings;
import dev.tokenlife.model.Secret;
import dev.tokenlife.spi.Shards;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** All processes there are and were. */
public final class Members implements Lives, AutoCloseable {
  private final List<Member> members = new CopyOnWriteArrayList<>();
  private final List<NodeEvent> events = new CopyOnWriteArrayList<>();
  private final Ownership ownership = new Ownership();
  private final Secret key = KeyRing.newKey();
  private final Plan plan;

  /**
   * What all nodes have in common.
   *
   * @param storePort where the store listens
   * @param lifetime how long an access token lives
   * @param logs the directory for what nodes log
   */
  public record Plan(
      int storePort,
      URI server,
      String engine,
      Duration lifetime,
      int grants,
      int reads,
      Path logs) {}

  public Members(Plan plan) throws IOException {
    this.plan = plan;
    Files.createDirectories(plan.logs());
  }

  /** Starts another process, whose wall clock is wrong by this much. */
  public Member start(Duration skew) throws IOException {
    String name = "n" + (members.size() + 1);
    StoreProxy proxy = new StoreProxy(plan.storePort());
    NodeSettings settings =
        new NodeSettings(
            name,
            Emulator.connectionString(proxy.port()),
            plan.server(),
            plan.engine(),
            skew,
            plan.lifetime(),
            plan.grants(),
            plan.reads());
    ProcessBuilder builder =
        new ProcessBuilder(
            System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            NodeMain.class.getName());
    builder.environment().putAll(settings.environment());
    builder.environment().put(NodeSettings.KEYS, "1:" + key.reveal());
    builder.redirectError(plan.logs().resolve(name + ".txt").toFile());
    Member member = new Member(name, builder.start(), proxy);
    member.listen(ownership, events::add);
    members.add(member);
    return member;
  }

  public List<Member> all() {
    return List.copyOf(members);
  }

  public List<Member> running() {
    return members.stream().filter(Member::isRunning).toList();
  }

  private Optional<Member> named(String name) {
    return members.stream().filter(member -> member.name().equals(name)).findFirst();
  }

  @Override
  public Optional<Lifeline> running(String node) {
    return named(node).map(Member::running);
  }

  @Override
  public Optional<Lifeline> storing(String node) {
    return named(node).map(Member::storing);
  }

  @Override
  public Optional<StoreTrouble> trouble(String node) {
    return named(node).map(Member::trouble);
  }

  public List<NodeEvent> events() {
    return List.copyOf(events);
  }

  public Ownership ownership() {
    return ownership;
  }

  /** Returns the key all nodes seal with. */
  public Secret key() {
    return key;
  }

  /** Returns whether every shard has one owner, and every running member no more than its share. */
  public boolean isSettled() {
    List<Member> running = running();
    int share = (Shards.COUNT + running.size() - 1) / Math.max(1, running.size());
    int sum = 0;
    for (Member member : running) {
      int owned = member.status().owned().size();
      if (owned == 0 || owned > share) {
        return false;
      }
      sum += owned;
    }
    long distinct =
        running.stream().flatMap(member -> member.status().owned().stream()).distinct().count();
    return sum == Shards.COUNT && distinct == Shards.COUNT;
  }

  @Override
  public void close() throws IOException {
    for (Member member : members) {
      member.close();
    }
  }
}
