/** The engines that refresh ahead of time, and the guard for upstreams that have bad days. */
module dev.tokenlife.scheduler {
  requires transitive dev.tokenlife;
  requires static transitive org.jspecify;
  requires io.github.resilience4j.circuitbreaker;
  requires io.github.resilience4j.core;
  requires org.slf4j;

  exports dev.tokenlife.scheduler;
  exports dev.tokenlife.scheduler.guard;
}
