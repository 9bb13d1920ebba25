/** What the launcher does to the cluster, one step after the other. */
@NullMarked
package dev.tokenlife.examples.cluster.step;

import org.jspecify.annotations.NullMarked;
