package dev.tokenlife.crypto;

/**
 * What a derived key is for. The labels are part of every key: changing one ends all its tokens.
 */
enum Purpose {
  CHAIN_TOKEN("chain-token"),
  CHALLENGE("challenge"),
  SEALED_TOKEN("sealed-token"),
  AT_REST("at-rest");

  private final String label;

  Purpose(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }
}
