/** How processes divide work. */
@NullMarked
package dev.tokenlife.sharing;

import org.jspecify.annotations.NullMarked;
