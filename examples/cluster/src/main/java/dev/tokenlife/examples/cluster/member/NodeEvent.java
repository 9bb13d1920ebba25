package dev.tokenlife.examples.cluster.member;

/**
 * Something a node told of a grant.
 *
 * @param node which node
 * @param type the name of the library's event
 * @param grant which grant
 * @param kind how it failed; empty if it did not
 * @param detail one line for people
 * @param nanos when the launcher heard of it
 */
public record NodeEvent(
    String node, String type, String grant, String kind, String detail, long nanos) {
  /** Returns whether it says that a refresh token may be spent. */
  public boolean isAmbiguous() {
    return type.equals("CLAIM_ABANDONED")
        || (type.equals("REFRESH_FAILED") && kind.equals("AMBIGUOUS"));
  }
}
