/**
 * The model, the pure rules, what others can plug in, the one refresh path and the pull engine.
 *
 * <p>What is exported is the vocabulary; the packages that do the work are not.
 */
module dev.tokenlife {
  requires static transitive org.jspecify;
  requires transitive java.net.http;
  requires com.fasterxml.jackson.databind;
  requires org.slf4j;

  exports dev.tokenlife;
  exports dev.tokenlife.backup;
  exports dev.tokenlife.crypto;
  exports dev.tokenlife.model;
  exports dev.tokenlife.oauth2;
  exports dev.tokenlife.spi;
  exports dev.tokenlife.time;
}
