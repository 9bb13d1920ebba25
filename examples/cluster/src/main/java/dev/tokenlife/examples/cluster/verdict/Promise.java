package dev.tokenlife.examples.cluster.verdict;

/**
 * One line of the summary.
 *
 * @param what what was counted or measured
 * @param figure what it came to
 * @param promised what it must be; empty if nothing is promised
 * @param kept whether it is that
 */
public record Promise(String what, String figure, String promised, boolean kept) {
  /** A figure about which nothing is promised. */
  static Promise none(String what, Object figure) {
    return new Promise(what, String.valueOf(figure), "", true);
  }

  /** A number that must be 0. */
  static Promise zero(String what, long figure) {
    return new Promise(what, Long.toString(figure), "0", figure == 0);
  }

  /** A number that must not be larger than another. */
  static Promise atMost(String what, long figure, long most) {
    return new Promise(what, Long.toString(figure), "at most " + most, figure <= most);
  }
}
