/** Laws of keys, tokens, codes and seals. */
@NullMarked
package dev.tokenlife.crypto;

import org.jspecify.annotations.NullMarked;
