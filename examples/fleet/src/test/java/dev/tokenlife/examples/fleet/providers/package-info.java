@NullMarked
package dev.tokenlife.examples.fleet.providers;

import org.jspecify.annotations.NullMarked;
