/** The store of a single process. */
module dev.tokenlife.memory {
  requires transitive dev.tokenlife;
  requires static transitive org.jspecify;
  requires com.github.benmanes.caffeine;

  exports dev.tokenlife.memory;
}
