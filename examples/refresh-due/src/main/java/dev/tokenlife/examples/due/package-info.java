/** One pass over everything due: for cron, a serverless function, or a process that repeats it. */
@NullMarked
package dev.tokenlife.examples.due;

import org.jspecify.annotations.NullMarked;
