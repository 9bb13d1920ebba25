package dev.tokenlife.examples.cluster.node;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * The main class of a node. It obeys lines on standard input and ends with it, so that no node
 * outlives its launcher: {@code sign-in FROM TO} brings persons for these grants, {@code call}
 * callers of all grants, {@code leave} ends the node in good order.
 */
public final class NodeMain {
  private static final long REPORT_MILLIS = 250;

  private NodeMain() {}

  /** Runs a node by its environment. */
  public static void main(String[] args) throws IOException {
    NodeSettings settings = NodeSettings.of(System.getenv());
    Node node = new Node(settings);
    Report report = new Report(node, System.out);
    Thread reporter = new Thread(() -> reportOn(report), "reporter");
    reporter.setDaemon(true);
    reporter.start();
    boolean orderly = obey(node);
    if (orderly) {
      node.close();
      report.tell();
    }
    System.exit(orderly ? 0 : 1);
  }

  /** Returns whether the node was told to leave; else its launcher is gone. */
  private static boolean obey(Node node) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(" ", -1);
        switch (words[0]) {
          case "sign-in" -> signIn(node, Integer.parseInt(words[1]), Integer.parseInt(words[2]));
          case "call" -> node.callers().start();
          case "leave" -> {
            return true;
          }
          default -> throw new IllegalArgumentException("unknown command: " + line);
        }
      }
    }
    return false;
  }

  private static void signIn(Node node, int from, int to) {
    for (int grant = from; grant < to; grant++) {
      node.signIns().want(GrantNames.of(grant));
    }
  }

  private static void reportOn(Report report) {
    try {
      while (true) {
        report.tell();
        Thread.sleep(REPORT_MILLIS);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
