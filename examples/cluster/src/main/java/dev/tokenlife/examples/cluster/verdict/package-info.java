/** What was promised, and what became of it. */
@NullMarked
package dev.tokenlife.examples.cluster.verdict;

import org.jspecify.annotations.NullMarked;
