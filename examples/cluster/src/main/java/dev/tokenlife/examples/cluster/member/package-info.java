/** The processes of the cluster as their launcher sees them: started, paused, cut off, killed. */
@NullMarked
package dev.tokenlife.examples.cluster.member;

import org.jspecify.annotations.NullMarked;
