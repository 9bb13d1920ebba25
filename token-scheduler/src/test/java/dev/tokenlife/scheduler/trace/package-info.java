/** Who reads when, generated; and what each engine makes of it. */
@org.jspecify.annotations.NullMarked
package dev.tokenlife.scheduler.trace;
