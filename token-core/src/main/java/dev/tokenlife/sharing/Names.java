package dev.tokenlife.sharing;

import java.util.Locale;

/** How rows of the lease table are named. */
final class Names {
  static final String MEMBER = "m:";
  static final String SHARD = "s:";
  static final String DEAD = "dead";

  private Names() {}

  static String member(String incarnation) {
    return MEMBER + incarnation;
  }

  static String incarnation(String memberRow) {
    return memberRow.substring(MEMBER.length());
  }

  static String shard(int shard) {
    return SHARD + String.format(Locale.ROOT, "%03d", shard);
  }
}
