package dev.tokenlife.threats;

import java.util.ArrayList;
import java.util.List;

/** All threats, in the order of docs/threats.md. */
final class Threats {
  private Threats() {}

  static List<Threat> all() {
    List<Threat> all = new ArrayList<>(ChainThreats.all());
    all.addAll(KeyThreats.all());
    return all;
  }
}
