/** Several processes on one store: they share work, are killed, paused and cut off. */
@NullMarked
package dev.tokenlife.examples.cluster;

import org.jspecify.annotations.NullMarked;
