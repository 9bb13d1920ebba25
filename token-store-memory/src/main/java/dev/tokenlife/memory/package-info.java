/** For keeping chains in the memory of one process. */
@NullMarked
package dev.tokenlife.memory;

import org.jspecify.annotations.NullMarked;
