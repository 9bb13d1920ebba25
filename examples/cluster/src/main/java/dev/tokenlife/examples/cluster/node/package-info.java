/** One process of the cluster, and what it is told and tells. */
@NullMarked
package dev.tokenlife.examples.cluster.node;

import org.jspecify.annotations.NullMarked;
