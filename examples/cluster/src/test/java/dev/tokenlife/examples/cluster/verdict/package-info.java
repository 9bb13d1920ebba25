/** Tests of the record and of the judgement. */
@NullMarked
package dev.tokenlife.examples.cluster.verdict;

import org.jspecify.annotations.NullMarked;
