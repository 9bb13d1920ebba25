package dev.tokenlife.examples.cluster;

import dev.tokenlife.examples.cluster.step.Step;
import java.time.Duration;
import java.util.List;

/**
 * What to do.
 *
 * @param grants how many grants are shared
 * @param nodes how many processes there are at the beginning of each round
 * @param engine {@code scheduled} or {@code priority}
 * @param lifetime how long an access token lives
 * @param pause how long a process is paused, and how long another is cut off
 * @param steps what happens in one round
 * @param length for how long rounds are begun; one round at least
 * @param refreshes how many refreshes there must be before no other round is begun
 * @param reads how many tokens the callers of each process ask for per second
 */
record Options(
    int grants,
    int nodes,
    String engine,
    Duration lifetime,
    Duration pause,
    List<Step> steps,
    Duration length,
    int refreshes,
    int reads) {}
