@NullMarked
package dev.tokenlife.examples.fleet.record;

import org.jspecify.annotations.NullMarked;
