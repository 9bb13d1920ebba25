package dev.tokenlife.examples.cluster.node;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * What a process of the cluster is told when it starts, in its environment.
 *
 * @param name its name, to people and to the authorization server
 * @param tables how to reach the shared store
 * @param server the authorization server
 * @param engine {@code scheduled} or {@code priority}
 * @param skew how wrong its wall clock is
 * @param lifetime how long an access token lives
 * @param grants how many grants there are
 * @param reads how many tokens its callers ask for per second
 */
public record NodeSettings(
    String name,
    String tables,
    URI server,
    String engine,
    Duration skew,
    Duration lifetime,
    int grants,
    int reads) {
  /** The partition of all grants, spread over {@link #SLICES}. */
  public static final String PARTITION = "grants";

  /** Over how many slices the partition is spread. */
  public static final int SLICES = 64;

  /** The variable that holds the key ring. */
  public static final String KEYS = "TOKENLIFE_KEYS";

  /** Returns the environment that says all this; the key ring is added by who starts the node. */
  public Map<String, String> environment() {
    return Map.of(
        "NODE_NAME", name,
        "NODE_TABLES", tables,
        "NODE_SERVER", server.toString(),
        "NODE_ENGINE", engine,
        "NODE_SKEW", skew.toString(),
        "NODE_LIFETIME", lifetime.toString(),
        "NODE_GRANTS", Integer.toString(grants),
        "NODE_READS", Integer.toString(reads));
  }

  static NodeSettings of(Map<String, String> environment) {
    return new NodeSettings(
        need(environment, "NODE_NAME"),
        need(environment, "NODE_TABLES"),
        URI.create(need(environment, "NODE_SERVER")),
        need(environment, "NODE_ENGINE"),
        Duration.parse(need(environment, "NODE_SKEW")),
        Duration.parse(need(environment, "NODE_LIFETIME")),
        Integer.parseInt(need(environment, "NODE_GRANTS")),
        Integer.parseInt(need(environment, "NODE_READS")));
  }

  private static String need(Map<String, String> environment, String name) {
    String value = environment.get(name);
    if (value == null) {
      throw new IllegalStateException(
          name + " is not set: a node is started by the launcher, run Main instead");
    }
    return value;
  }
}
