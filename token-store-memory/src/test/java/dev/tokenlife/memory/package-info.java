/** The laws of stores on the memory store, and what only it promises. */
@NullMarked
package dev.tokenlife.memory;

import org.jspecify.annotations.NullMarked;
