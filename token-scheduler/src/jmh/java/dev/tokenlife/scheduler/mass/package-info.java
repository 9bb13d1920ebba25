/** A million chains in one process: what they hold, and how their refreshes are spread. */
package dev.tokenlife.scheduler.mass;
