@NullMarked
package dev.tokenlife.examples.fleet;

import org.jspecify.annotations.NullMarked;
