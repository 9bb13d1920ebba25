/** The engine for which nothing runs until somebody asks. */
@NullMarked
package dev.tokenlife.pull;

import org.jspecify.annotations.NullMarked;
