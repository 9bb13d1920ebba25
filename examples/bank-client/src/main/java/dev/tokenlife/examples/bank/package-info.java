/** A service that pays continuously with one bank login whose tokens live for seconds. */
@NullMarked
package dev.tokenlife.examples.bank;

import org.jspecify.annotations.NullMarked;
