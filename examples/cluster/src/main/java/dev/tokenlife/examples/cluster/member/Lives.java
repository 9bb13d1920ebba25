package dev.tokenlife.examples.cluster.member;

import java.util.Optional;

/** What is known of when processes were able to do what. */
public interface Lives {
  /** Returns when a process could run; empty if it is none of the cluster's. */
  Optional<Lifeline> running(String node);

  /** Returns when a process could run and reach the store; empty if it is none of the cluster's. */
  Optional<Lifeline> storing(String node);

  /** Returns when the store did not take its results; empty if it is none of the cluster's. */
  Optional<StoreTrouble> trouble(String node);
}
