/** Tests of the record and of the judgement. */
@NullMarked
package dev.tokenlife.examples.cluster.server;

import org.jspecify.annotations.NullMarked;
